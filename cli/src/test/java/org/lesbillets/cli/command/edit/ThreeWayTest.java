package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Priority;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

class ThreeWayTest {
  private static final TicketMaker BASE =
      TicketMaker.ticket(17).title("Printer").assignee("bob").tags("a", "b");

  private static ThreeWay.Merged merged(TicketMaker theirs, TicketMaker yours) {
    return new ThreeWay(BASE.make().content(), theirs.make().content(), yours.make().content())
        .merged();
  }

  @Test
  void eachSidesChangesAreTaken() {
    ThreeWay.Merged merged = merged(BASE.priority(Priority.HIGH), BASE.title("Printer on fire"));
    assertEquals("Printer on fire", merged.content().title());
    assertEquals(Priority.HIGH, merged.content().priority());
    assertEquals(
        Map.of(
            TicketField.PRIORITY,
            List.of("changed by others", "  before: normal", "  theirs: high")),
        merged.remarks());
  }

  @Test
  void yoursStandsWhereBothChanged() {
    ThreeWay.Merged merged = merged(BASE.assignee(null), BASE.assignee("carol"));
    assertEquals("carol", merged.content().assignee().value());
    assertEquals(
        List.of("changed on both sides", "  before: bob", "  theirs: (none)", "  yours:  carol"),
        merged.remarks().get(TicketField.ASSIGNEE));
  }

  @Test
  void theSameChangeIsNoConflict() {
    assertEquals(Map.of(), merged(BASE.title("New"), BASE.title("New")).remarks());
  }

  @Test
  void tagsAreAddedAndRemovedFromBothSides() {
    TicketMaker theirs = TicketMaker.ticket(17).title("Printer").assignee("bob").tags("b", "c");
    TicketMaker yours = TicketMaker.ticket(17).title("Printer").assignee("bob").tags("a", "d");
    assertEquals(List.of("c", "d"), merged(theirs, yours).content().tags());
  }

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          a b c    , a b c    , a b c    , a b c
          a b c    , a x c    , a b c    , a x c
          a b c    , a b c    , a b x    , a b x
          a b c d e, x b c d e, a b c d y, x b c d y
          a b c    , a x c    , a x c    , a x c
          a b c    , a c      , a c      , a c
          a b c d  , a b c d n, n a b c d, n a b c d n
          a b c    , a x c    , a y c    , a <1 x | b = y >2 c
          a b c    , a x b c  , a y b c  , a <1 x | = y >2 b c
          a b c    , a c      , a x c    , a <1 | b = x >2 c
          a b c    , x b c    , a y c    , <1 x b | a b = a y >2 c
          a b c d e, x b c d z, y b c d e, <1 x | a = y >2 b c d z
          ``       , x        , y        , <1 x | `` = y >2
          """)
  void textsAreMergedLineByLine(String base, String yours, String theirs, String expected) {
    String text = Diff3Merge.of(lines(base), lines(yours), lines(theirs)).text();
    assertEquals(lines(expected), text.isEmpty() ? " " : text, text);
  }

  private static String lines(String words) {
    return words
        .replace("``", "")
        .replace(' ', '\n')
        .replace("<1", "<<<<<<< yours")
        .replace("|", "||||||| before")
        .replace("=", "=======")
        .replace(">2", ">>>>>>> theirs");
  }

  private static String text(Random random, String base) {
    List<String> lines = new ArrayList<>(List.of(base.split("\n", -1)));
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(3)) {
        case 0 -> lines.add(at, "new " + random.nextInt(3));
        case 1 -> lines.set(at, "changed " + random.nextInt(3));
        default -> lines.remove(lines.size() > 1 ? at : 0);
      }
      if (lines.isEmpty()) {
        lines.add("");
      }
    }
    return String.join("\n", lines);
  }

  /** Laws any merge keeps: who changed nothing has no say, and the sides are equal. */
  @Test
  void aMergeLosesNothing() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 3_000; i++) {
            String base = tickets.description();
            String yours = text(random, base);
            String theirs = text(random, base);
            assertEquals(yours, Diff3Merge.of(base, yours, base).text());
            assertEquals(theirs, Diff3Merge.of(base, base, theirs).text());
            assertEquals(yours, Diff3Merge.of(base, yours, yours).text());
            Diff3Merge.Result merged = Diff3Merge.of(base, yours, theirs);
            Diff3Merge.Result turned = Diff3Merge.of(base, theirs, yours);
            assertEquals(merged.conflict(), turned.conflict());
            assertEquals(merged.conflict(), merged.text().contains("<<<<<<< yours\n"));
            for (String line : yours.split("\n", -1)) {
              boolean own = line.startsWith("new ") || line.startsWith("changed ");
              assertTrue(!own || merged.text().contains(line), line);
            }
          }
        });
  }

  @Test
  void aConflictIsToldAboveTheDescription() {
    ThreeWay.Merged merged = merged(BASE.description("x"), BASE.description("y"));
    assertEquals(
        "<<<<<<< yours\ny\n||||||| before\n\n=======\nx\n>>>>>>> theirs",
        merged.content().description());
    assertTrue(
        merged.remarks().get(TicketField.DESCRIPTION).get(0).startsWith("the description was"));
    TicketContent both = merged(BASE.description("x"), BASE.title("T")).content();
    assertEquals("x", both.description());
  }
}
