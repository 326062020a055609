package org.lesbillets.model.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketStatus;

class TicketContentTest {
  private static final TicketContent CONTENT =
      TicketContent.titled("Printer on fire")
          .with(TicketField.DESCRIPTION, "Smoke.")
          .with(TicketField.PRIORITY, Priority.HIGH)
          .with(TicketField.ASSIGNEE, new AgentName("bob"))
          .with(TicketField.REQUESTER, "Ada")
          .with(TicketField.REFERENCE, "call 3")
          .with(TicketField.TAGS, List.of("fire", "printer"));

  @Test
  void aPatchOfNothingChangesNothing() {
    assertEquals(CONTENT, CONTENT.patched(TicketPatch.NOTHING));
    assertEquals(List.of(), CONTENT.changesSince(CONTENT));
  }

  /** Values that say nothing need no room, however they came about. */
  @Test
  void aValueThatWasSetAndClearedLeavesNoTrace() {
    for (TicketField<?> field : TicketField.ALL) {
      assertTrue(TicketContent.EMPTY.isEmpty(field), field.wireName());
    }
    TicketContent raised = CONTENT.with(TicketField.RAISED, 3L);
    assertEquals(3L, raised.get(TicketField.RAISED));
    assertFalse(raised.equals(CONTENT));
    TicketContent cleared = raised.with(TicketField.RAISED, 0L);
    assertEquals(CONTENT, cleared);
    assertEquals(CONTENT.hashCode(), cleared.hashCode());
    assertEquals(TicketContent.EMPTY, TicketContent.titled("A").with(TicketField.TITLE, ""));
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        Arguments.of(
            TicketPatch.of(TicketField.TITLE, "Calm"),
            new FieldChange.Replaced(TicketField.TITLE, "Printer on fire", "Calm")),
        Arguments.of(TicketPatch.of(TicketField.DESCRIPTION, ""), new FieldChange.Rewritten()),
        Arguments.of(
            TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED),
            new FieldChange.Replaced(TicketField.STATUS, "open", "closed")),
        Arguments.of(
            TicketPatch.of(TicketField.PRIORITY, Priority.LOW),
            new FieldChange.Replaced(TicketField.PRIORITY, "high", "low")),
        Arguments.of(
            TicketPatch.of(TicketField.ASSIGNEE, null),
            new FieldChange.Replaced(TicketField.ASSIGNEE, "bob", null)),
        Arguments.of(
            TicketPatch.of(TicketField.REQUESTER, "Grace"),
            new FieldChange.Replaced(TicketField.REQUESTER, "Ada", "Grace")),
        Arguments.of(
            TicketPatch.of(TicketField.REFERENCE, null),
            new FieldChange.Replaced(TicketField.REFERENCE, "call 3", null)),
        Arguments.of(
            TicketPatch.NOTHING.withTags(List.of("new", "fire"), List.of("printer", "absent")),
            new FieldChange.Retagged(List.of("fire", "printer"), List.of("fire", "new"))));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void eachFieldIsChangedAndTold(TicketPatch patch, FieldChange change) {
    assertEquals(List.of(change), CONTENT.patched(patch).changesSince(CONTENT));
  }

  @Test
  void changesStandInTheOrderOfTheFields() {
    TicketPatch patch =
        TicketPatch.of(TicketField.TITLE, "T")
            .with(TicketField.DESCRIPTION, "D")
            .with(TicketField.STATUS, TicketStatus.CLOSED)
            .with(TicketField.PRIORITY, Priority.URGENT)
            .with(TicketField.ASSIGNEE, null)
            .with(TicketField.REQUESTER, null)
            .with(TicketField.REFERENCE, null)
            .with(TicketField.WAKE_AT, TicketMaker.NOW)
            .withTags(List.of("x"), List.of());
    List<TicketField<?>> fields =
        CONTENT.patched(patch).changesSince(CONTENT).stream().map(FieldChange::field).toList();
    assertEquals(TicketField.EDITED, fields);
  }

  @Test
  void aTagBothAddedAndRemovedIsGone() {
    TicketPatch patch = TicketPatch.NOTHING.withTags(List.of("new"), List.of("new", "fire"));
    assertEquals(List.of("printer"), CONTENT.patched(patch).tags());
  }

  @Test
  void keepsItsOwnCopyOfTheTags() {
    assertThrows(UnsupportedOperationException.class, () -> CONTENT.tags().add("x"));
  }

  @Test
  void onlyAPatchOfTagsNeedsNoLock() {
    assertTrue(TicketPatch.NOTHING.needsNoLock());
    assertTrue(TicketPatch.NOTHING.withTags(List.of("a"), List.of("b")).needsNoLock());
    assertFalse(TicketPatch.of(TicketField.TITLE, "T").needsNoLock());
    assertFalse(TicketPatch.of(TicketField.STATUS, TicketStatus.OPEN).needsNoLock());
    assertFalse(TicketPatch.of(TicketField.ASSIGNEE, null).needsNoLock());
    assertFalse(TicketPatch.of(TicketField.REQUESTER, null).needsNoLock());
  }

  @Test
  void aDraftOpensAsItIs() {
    TicketContent opened =
        TicketContent.titled("T")
            .with(TicketField.DESCRIPTION, "D")
            .with(TicketField.PRIORITY, Priority.LOW)
            .with(TicketField.ASSIGNEE, new AgentName("bob"))
            .with(TicketField.REQUESTER, "r")
            .with(TicketField.REFERENCE, "x")
            .with(TicketField.TAGS, List.of("a"));
    assertEquals("T", opened.title());
    assertEquals("D", opened.description());
    assertEquals(TicketStatus.OPEN, opened.status());
    assertEquals(Priority.LOW, opened.priority());
    assertEquals(new AgentName("bob"), opened.assignee());
    assertEquals("r", opened.requester());
    assertEquals("x", opened.reference());
    assertEquals(List.of("a"), opened.tags());
  }
}
