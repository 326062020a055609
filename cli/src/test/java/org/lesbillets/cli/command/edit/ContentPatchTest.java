package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

class ContentPatchTest {
  private static final TicketContent PLAIN = TicketMaker.ticket(17).make().content();

  @Test
  void leadsFromOneToTheOther() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 2_000; i++) {
            TicketContent before = tickets.content();
            TicketContent after = random.nextBoolean() ? tickets.content() : before;
            TicketContent reached = before.patched(ContentPatch.checked(before, after));
            assertEquals(new HashSet<>(after.tags()), new HashSet<>(reached.tags()));
            assertEquals(
                List.of(),
                reached.changesSince(after).stream()
                    .filter(c -> !c.field().wireName().equals("tags"))
                    .toList());
            assertEquals(TicketPatch.NOTHING, ContentPatch.between(before, before));
          }
        });
  }

  @Test
  void theOrderOfTagsIsNoDifference() {
    TicketContent before = TicketMaker.ticket(1).tags("a", "b").make().content();
    TicketContent after = TicketMaker.ticket(1).tags("b", "a").make().content();
    assertEquals(TicketPatch.NOTHING, ContentPatch.between(before, after));
  }

  static Stream<Arguments> beyond() {
    String[] many = IntStream.range(0, 21).mapToObj(i -> "tag" + i).toArray(String[]::new);
    TicketMaker ticket = TicketMaker.ticket(17);
    return Stream.of(
        Arguments.of(ticket.title("x".repeat(201)), "title is longer than 200 characters"),
        Arguments.of(ticket.title(""), "title is empty"),
        Arguments.of(ticket.title(" \u3000"), "title is blank"),
        Arguments.of(ticket.title("a\u0007b"), "title must be one line without control"),
        Arguments.of(ticket.requester("x".repeat(201)), "requester is longer than 200"),
        Arguments.of(ticket.reference("a\u001bb"), "reference must be one line without"),
        Arguments.of(ticket.description("a\u001bb"), "description must have no control"),
        Arguments.of(ticket.description("é".repeat(40_000)), "description is larger than"),
        Arguments.of(ticket.tags("x".repeat(41)), "tags has a tag longer than 40"),
        Arguments.of(ticket.tags(many), "there are more than 20 tags"),
        Arguments.of(
            ticket.description("a\n<<<<<<< yours\nb"),
            "the description still has the line '<<<<<<< yours'"));
  }

  @ParameterizedTest
  @MethodSource("beyond")
  void aSentenceSaysWhatIsBeyondALimit(TicketMaker after, String sentence) {
    TemplateException e =
        assertThrows(
            TemplateException.class, () -> ContentPatch.checked(PLAIN, after.make().content()));
    assertTrue(e.getMessage().startsWith(sentence), e.getMessage());
  }

  @Test
  void whatWasThereBeforeIsNobodysMistake() throws TemplateException {
    TicketContent before =
        TicketMaker.ticket(1).description("a\n>>>>>>> theirs\r").make().content();
    TicketContent after = before.patched(TicketPatch.of(TicketField.TITLE, "new"));
    assertEquals(TicketPatch.of(TicketField.TITLE, "new"), ContentPatch.checked(before, after));
  }

  @Test
  void aNewTicketIsHeldToTheSameLimits() throws Exception {
    TicketContent good = TicketMaker.ticket(17).tags("a").requester("Ann").make().content();
    assertEquals(good, ContentPatch.checkedNew(good));
    // What marks a conflict in an edit is only text here.
    TicketContent marked = good.withDescription("<<<<<<< yours");
    assertEquals(marked, ContentPatch.checkedNew(marked));
    for (Object[] beyond : beyond().map(Arguments::get).limit(9).toList()) {
      TicketContent content = ((TicketMaker) beyond[0]).make().content();
      TemplateException mistake =
          assertThrows(TemplateException.class, () -> ContentPatch.checkedNew(content));
      assertTrue(mistake.getMessage().startsWith((String) beyond[1]), mistake.getMessage());
    }
  }

  @Test
  void aCommentIsHeldToItsLimits() throws Exception {
    TicketRef ref = TicketRef.of(17);
    assertEquals("é\n\tx", ContentPatch.checkedComment(ref, "é\n\tx").text());
    assertEquals(65_536, ContentPatch.checkedComment(ref, "x".repeat(65_536)).text().length());
    for (String text : List.of("x".repeat(65_537), "é".repeat(32_769), "a\u0007", "")) {
      TemplateException mistake =
          assertThrows(TemplateException.class, () -> ContentPatch.checkedComment(ref, text));
      assertTrue(mistake.getMessage().startsWith("text "), mistake.getMessage());
    }
  }
}
