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
import org.lesbillets.model.NewValue;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketDraft;
import org.lesbillets.model.TicketStatus;

class TicketContentTest {
  private static final TicketContent CONTENT =
      new TicketContent(
          "Printer on fire",
          "Smoke.",
          TicketStatus.OPEN,
          Priority.HIGH,
          new AgentName("bob"),
          "Ada",
          "call 3",
          List.of("fire", "printer"));

  private static TicketPatch patch(
      TicketStatus status, NewValue<AgentName> assignee, NewValue<String> requester) {
    return new TicketPatch(
        null, null, status, null, assignee, requester, null, List.of(), List.of());
  }

  @Test
  void aPatchOfNothingChangesNothing() {
    assertEquals(CONTENT, CONTENT.patched(TicketPatch.NOTHING));
    assertEquals(List.of(), CONTENT.changesSince(CONTENT));
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        Arguments.of(
            TicketPatch.title("Calm"),
            new FieldChange.Replaced(TicketField.TITLE, "Printer on fire", "Calm")),
        Arguments.of(
            new TicketPatch(null, "", null, null, null, null, null, List.of(), List.of()),
            new FieldChange.Rewritten()),
        Arguments.of(
            TicketPatch.status(TicketStatus.CLOSED),
            new FieldChange.Replaced(TicketField.STATUS, "open", "closed")),
        Arguments.of(
            new TicketPatch(null, null, null, Priority.LOW, null, null, null, List.of(), List.of()),
            new FieldChange.Replaced(TicketField.PRIORITY, "high", "low")),
        Arguments.of(
            patch(null, NewValue.none(), null),
            new FieldChange.Replaced(TicketField.ASSIGNEE, "bob", null)),
        Arguments.of(
            patch(null, null, new NewValue<>("Grace")),
            new FieldChange.Replaced(TicketField.REQUESTER, "Ada", "Grace")),
        Arguments.of(
            new TicketPatch(
                null, null, null, null, null, null, NewValue.none(), List.of(), List.of()),
            new FieldChange.Replaced(TicketField.REFERENCE, "call 3", null)),
        Arguments.of(
            TicketPatch.tags(List.of("new", "fire"), List.of("printer", "absent")),
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
        new TicketPatch(
            "T",
            "D",
            TicketStatus.CLOSED,
            Priority.URGENT,
            NewValue.none(),
            NewValue.none(),
            NewValue.none(),
            List.of("x"),
            List.of());
    List<TicketField> fields =
        CONTENT.patched(patch).changesSince(CONTENT).stream().map(FieldChange::field).toList();
    assertEquals(TicketField.CONTENT, fields);
  }

  @Test
  void aTagBothAddedAndRemovedIsGone() {
    TicketPatch patch = TicketPatch.tags(List.of("new"), List.of("new", "fire"));
    assertEquals(List.of("printer"), CONTENT.patched(patch).tags());
  }

  @Test
  void keepsItsOwnCopyOfTheTags() {
    assertThrows(UnsupportedOperationException.class, () -> CONTENT.tags().add("x"));
  }

  @Test
  void onlyAPatchOfTagsNeedsNoLock() {
    assertTrue(TicketPatch.NOTHING.needsNoLock());
    assertTrue(TicketPatch.tags(List.of("a"), List.of("b")).needsNoLock());
    assertFalse(TicketPatch.title("T").needsNoLock());
    assertFalse(TicketPatch.status(TicketStatus.OPEN).needsNoLock());
    assertFalse(patch(null, NewValue.none(), null).needsNoLock());
    assertFalse(patch(null, null, NewValue.none()).needsNoLock());
  }

  @Test
  void aDraftOpensAsItIs() {
    TicketContent opened =
        new TicketDraft("T", "D", Priority.LOW, new AgentName("bob"), "r", "x", List.of("a"))
            .opened();
    TicketContent expected =
        new TicketContent(
            "T",
            "D",
            TicketStatus.OPEN,
            Priority.LOW,
            new AgentName("bob"),
            "r",
            "x",
            List.of("a"));
    assertEquals(expected, opened);
  }
}
