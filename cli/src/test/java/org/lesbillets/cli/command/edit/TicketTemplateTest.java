package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

class TicketTemplateTest {
  private static final AgentName ME = new AgentName("alice");

  /** A Friday, 14:30 in Paris. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-27T13:30:00Z"), ZoneId.of("Europe/Paris"));

  private static final TicketContent PRINTER =
      TicketContent.titled("Printer on fire")
          .with(TicketField.DESCRIPTION, "Third floor.\n\nBring water.")
          .with(TicketField.PRIORITY, Priority.URGENT)
          .with(TicketField.ASSIGNEE, new AgentName("bob"))
          .with(TicketField.REQUESTER, "Mme Dupont")
          .with(TicketField.TAGS, List.of("printer", "3rd floor"));
  private static final String TEXT =
      """
      title: Printer on fire
      status: open
      priority: urgent
      assignee: bob
      requester: Mme Dupont
      reference:
      tags: printer, 3rd floor
      wakeAt:
      ---
      Third floor.

      Bring water.
      """;

  private static TicketContent parse(String text) throws TemplateException {
    return TicketTemplate.parse(text, new Typist(ME, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-11-27T15:30:00Z",
    "tomorrow 9:00, 2026-11-28T08:00:00Z",
    "2026-12-01T09:00:00.5Z, 2026-12-01T09:00:00.500Z"
  })
  void aTimeIsTypedAsForSnooze(String typed, Instant moment) throws TemplateException {
    String text = TEXT.replace("wakeAt:", "wakeAt: " + typed);
    assertEquals(moment, parse(text).wakeAt());
  }

  @Test
  void whatIsNoTimeIsToldWithItsForms() {
    String text = TEXT.replace("wakeAt:", "wakeAt: next week");
    String said = assertThrows(TemplateException.class, () -> parse(text)).getMessage();
    assertTrue(said.startsWith("wakeAt: 'next week' is no time: write 2h from now, 09:00"), said);
  }

  @Test
  void aFieldALineThenTheDescription() throws TemplateException {
    assertEquals(TEXT, TicketTemplate.bare(PRINTER));
    assertEquals(PRINTER, parse(TEXT));
  }

  @Test
  void commentsStandWhereTheyBelong() throws TemplateException {
    String text =
        TicketTemplate.render(
            PRINTER,
            List.of("Hello.", ""),
            Map.of(TicketField.TAGS, List.of("some"), TicketField.DESCRIPTION, List.of("last")));
    assertTrue(text.startsWith("# Hello.\n#\ntitle: Printer"), text);
    assertTrue(
        text.contains("\n# some\ntags: printer, 3rd floor\nwakeAt:\n# last\n---\nThird"), text);
    assertEquals(PRINTER, parse(text));
  }

  /** Lines that look like something else, and edges that editors and parsers like to lose. */
  private static final List<String> HARD_LINES =
      List.of(
          "# no comment",
          "---",
          "--- ",
          "title: no title",
          "\"quoted\"",
          "\"half",
          "half\"",
          "\\",
          "a\\\"b",
          " leading",
          "trailing ",
          "a, b",
          ",",
          "\uFEFFmark",
          "👩‍👩‍👧 🇫🇷 é",
          "non\u00a0breaking\u00a0",
          "\u3000",
          "me",
          ":");

  private static final class Hard {
    private final Random random;
    private final RandomTickets tickets;

    Hard(Random random) {
      this.random = random;
      this.tickets = new RandomTickets(random);
    }

    private String line() {
      String line = HARD_LINES.get(random.nextInt(HARD_LINES.size()));
      return random.nextInt(4) == 0 ? line + HARD_LINES.get(random.nextInt(3)) : line;
    }

    private String title() {
      String title = line();
      return title.isBlank() ? "x" : title;
    }

    private String description() {
      List<String> lines = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        lines.add(random.nextInt(3) == 0 ? "" : random.nextBoolean() ? line() : "\t" + line());
      }
      return String.join("\n", lines);
    }

    TicketContent content() {
      TicketContent content = tickets.content();
      if (random.nextBoolean()) {
        return content;
      }
      List<String> tags = Stream.generate(this::line).limit(random.nextInt(5)).toList();
      TicketPatch patch =
          TicketPatch.NOTHING
              .withIfAny(TicketField.TITLE, tickets.perhaps(this::title))
              .withIfAny(TicketField.DESCRIPTION, tickets.perhaps(this::description));
      if (random.nextBoolean()) {
        patch = patch.with(TicketField.REQUESTER, line());
      }
      if (random.nextBoolean()) {
        patch = patch.with(TicketField.REFERENCE, line());
      }
      return content.patched(patch.withTags(List.copyOf(new LinkedHashSet<>(tags)), List.of()));
    }
  }

  @Test
  void thereAndBackNothingChanges() throws Exception {
    SeededTest.run(
        random -> {
          Hard hard = new Hard(random);
          for (int i = 0; i < 20_000; i++) {
            TicketContent content = hard.content();
            assertEquals(content, parse(TicketTemplate.bare(content)));
          }
        });
  }

  @Test
  void carriageReturnsBecomeNewlines() throws Exception {
    SeededTest.run(
        random -> {
          Hard hard = new Hard(random);
          for (int i = 0; i < 2_000; i++) {
            TicketContent content = hard.content();
            String text = TicketTemplate.bare(content);
            String ending = random.nextBoolean() ? "\r\n" : "\r";
            assertEquals(content, parse(text.replace("\n", ending)));
            assertEquals(content, parse("\uFEFF" + text));
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          title:   spaced out   , spaced out
          title:Tight           , Tight
          ` title : Odd`        , Odd
          title: a: b           , a: b
          title: # no comment   , # no comment
          title: "as it is "    , `as it is `
          title: "A" and "B"    , `"A" and "B"`
          title: "half          , `"half`
          title: "a\\"b\\\\"    , `a"b\\`
          title: "a\\nb"        , `"a\\nb"`
          title: "              , `"`
          """)
  void peopleWriteAsTheyLike(String line, String title) throws TemplateException {
    assertEquals(title, parse(TEXT.replace("title: Printer on fire", line)).title());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tags:                        | ``
          tags: a,b ,  c               | a;b;c
          tags: a, , b,                | a;b
          tags: a, a                   | a
          tags: "a, b", c              | a, b;c
          tags: "a", " b "             | a; b
          tags: "a" b, c               | "a" b;c
          tags: "a, b                  | "a;b
          tags: two words,"x\\"y"      | two words;x"y
          """)
  void tagsStandBetweenCommas(String line, String tags) throws TemplateException {
    List<String> parsed = parse(TEXT.replace("tags: printer, 3rd floor", line)).tags();
    assertEquals(tags, String.join(";", parsed).stripTrailing());
  }

  @Test
  void meIsWhoIsConnected() throws TemplateException {
    assertEquals(ME, parse(TEXT.replace("bob", "me")).assignee());
    assertEquals(null, parse(TEXT.replace("bob", "")).assignee());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          status: open      | status: opn      | status: 'opn' is not one of open, closed
          status: open      | status: locked   | status: 'locked' is not one of open, closed
          status: open      | status:          | status: '' is not one of open, closed
          priority: urgent  | priority: top    | priority: 'top' is not one of low, normal, high,
          assignee: bob     | assignee: b o    | assignee: an agent's name is 1 to 64 letters
          assignee: bob     | assignee: all    | assignee: 'all' is a word of the query language
          status: open      | # status: open   | the line 'status:' is missing: put it back
          status: open      | title: again     | there are two lines 'title:': remove one
          status: open      | state: open      | 'state: open' is none of the fields (title, status
          status: open      | what is this     | 'what is this' is none of the fields
          ---               | ----             | the line --- is missing: put it back
          """)
  void aSentenceSaysWhatToMend(String line, String instead, String sentence) {
    TemplateException e =
        assertThrows(TemplateException.class, () -> parse(TEXT.replace(line, instead)));
    assertTrue(e.getMessage().startsWith(sentence), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only\n#comments\n", "\uFEFF \r\n\t\r\n"})
  void whatSaysNothingIsEmpty(String text) {
    assertTrue(TicketTemplate.isEmpty(text));
    assertEquals(false, TicketTemplate.isEmpty(text + "\n---"));
  }

  /** What somebody could have typed into one line, blanks at its ends only where they are kept. */
  private static String line(Random random, boolean blanks) {
    String letters = "ab \"\\#:-,'é🔥\t";
    StringBuilder line = new StringBuilder();
    for (int n = random.nextInt(9); n > 0; n--) {
      int at = random.nextInt(letters.codePointCount(0, letters.length()));
      line.appendCodePoint(letters.codePoints().skip(at).findFirst().orElseThrow());
    }
    return blanks ? line.toString() : line.toString().strip();
  }

  @Test
  void whatSomebodyTypedComesBackRightOrWrong() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 3_000; n++) {
            Map<TicketField<?>, String> typed = new LinkedHashMap<>();
            for (TicketField<?> field : TicketField.EDITED) {
              boolean free =
                  field == TicketField.TITLE
                      || field == TicketField.REQUESTER
                      || field == TicketField.REFERENCE;
              typed.put(field, line(random, free));
            }
            String description = line(random, true);
            for (int more = random.nextInt(4); more > 0; more--) {
              description += "\n" + (random.nextInt(3) == 0 ? "---" : line(random, true));
            }
            typed.put(TicketField.DESCRIPTION, description);
            assertEquals(typed, TicketTemplate.fields(TicketTemplate.typed(typed)));
          }
        });
  }

  @Test
  void whatWasNotTypedIsEmpty() throws Exception {
    Map<TicketField<?>, String> fields = TicketTemplate.fields(TicketTemplate.typed(Map.of()));
    assertEquals(TicketField.EDITED.size(), fields.size());
    fields.values().forEach(text -> assertEquals("", text));
  }

  @Test
  void whatIsTypedOfATicketIsItsTemplate() throws Exception {
    Map<TicketField<?>, String> fields = TicketTemplate.fields(TEXT);
    assertEquals("Printer on fire", fields.get(TicketField.TITLE));
    assertEquals("printer, 3rd floor", fields.get(TicketField.TAGS));
    assertEquals("Third floor.\n\nBring water.", fields.get(TicketField.DESCRIPTION));
    assertEquals(TEXT, TicketTemplate.typed(fields));
    assertEquals(PRINTER, parse(TicketTemplate.typed(fields)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "title: x\n", "colour: red\n---\n", "title: a\ntitle: b\n---\n"})
  void whatIsNoTemplateHasNoFields(String text) {
    assertThrows(TemplateException.class, () -> TicketTemplate.fields(text));
  }
}
