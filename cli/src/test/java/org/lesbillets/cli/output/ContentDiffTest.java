package org.lesbillets.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketContent;

class ContentDiffTest {
  private static final TicketMaker BEFORE =
      TicketMaker.ticket(17)
          .title("Printer")
          .description("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight")
          .tags("a", "b");

  private static String diff(TicketMaker after) {
    TicketContent before = BEFORE.make().content();
    return String.join("\n", ContentDiff.lines(before, after.make().content(), false));
  }

  @Test
  void nothingIsNothing() {
    assertEquals("", diff(BEFORE));
  }

  @Test
  void fieldByFieldTheDescriptionLast() {
    TicketMaker after =
        BEFORE
            .title("Printer \u001b[2J on fire")
            .description("one\ntwo\nthree\nfour\nfive\n\tsix\nseven\neight")
            .closed()
            .tags("c");
    assertEquals(
        """
        - title:       Printer
        + title:       Printer \uFFFD[2J on fire
        - status:      open
        + status:      closed
        + tag:         c
          description:
        @@ -3,6 +3,6 @@
          three
          four
          five
        - six
        +     six
          seven
          eight\
        """,
        diff(after));
  }

  @Test
  void aDescriptionComesAndGoes() {
    TicketContent none = TicketMaker.ticket(17).make().content();
    TicketContent some = TicketMaker.ticket(17).description("a\n\nb").make().content();
    assertEquals(
        List.of("  description:", "@@ -0,0 +1,3 @@", "+ a", "+", "+ b"),
        ContentDiff.lines(none, some, false));
    assertEquals(
        List.of("  description:", "@@ -1,3 +0,0 @@", "- a", "-", "- b"),
        ContentDiff.lines(some, none, false));
  }
}
