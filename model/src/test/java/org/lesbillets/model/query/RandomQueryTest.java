package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

/** What holds of every query. */
class RandomQueryTest {
  private static final int ROUNDS = 20_000;
  private static final QueryContext CONTEXT =
      new QueryContext(new AgentName("alice"), TicketMaker.NOW);
  private static final List<String> PIECES =
      List.of(
          "status",
          "priority",
          "age",
          "number",
          "assignee",
          "tag",
          "holder",
          "not",
          ":",
          ":",
          "-",
          "|",
          "\"",
          "\\",
          " ",
          "\t",
          ">",
          "<",
          "=",
          "2h",
          "17",
          "high",
          "open",
          "me",
          "none",
          "x",
          "http",
          "//",
          "é",
          "🔥",
          "\ud83d",
          "\u0000",
          "\u2028",
          "staus",
          "'");
  private static final List<String> TERMS =
      List.of(
          "status:open",
          "status:locked|closed",
          "assignee:none",
          "assignee:me|bob",
          "by:alice",
          "holder:me",
          "holder:none",
          "requester:ada",
          "reference:4",
          "tag:a",
          "priority:>=high",
          "priority:low",
          "age:>2h",
          "updated:<1h",
          "held:>30m",
          "expires:<5m",
          "number:>5",
          "attempts:<3",
          "fire",
          "\"on fire\"",
          "o");

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String joined(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(one(random, PIECES));
    }
    return text.toString();
  }

  private static Ticket ticket(Random random) {
    TicketMaker ticket =
        TicketMaker.ticket(random.nextInt(1, 10))
            .title(one(random, List.of("Printer on fire", "Mouse", "FIRE", "x")))
            .description(random.nextInt(4) == 0 ? null : one(random, List.of("", "on FIRE", "é")))
            .priority(Priority.values()[random.nextInt(4)])
            .assignee(random.nextBoolean() ? null : one(random, List.of("alice", "bob", "carol")))
            .requester(random.nextBoolean() ? null : one(random, List.of("Ada", "Grace")))
            .reference(random.nextBoolean() ? null : one(random, List.of("mail 42", "call")))
            .created(one(random, List.of("alice", "bob")), minutes(random))
            .updated("bob", minutes(random));
    ticket = random.nextBoolean() ? ticket.closed() : ticket;
    ticket = random.nextBoolean() ? ticket.tags("A", "b") : ticket;
    return random.nextBoolean()
        ? ticket.make()
        : ticket
            .locked(one(random, List.of("alice", "bob")), minutes(random), minutes(random))
            .make();
  }

  private static Duration minutes(Random random) {
    return Duration.ofMinutes(random.nextInt(300));
  }

  @Test
  void everyTextIsAQueryOrAMistakeWithinIt() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            String text = joined(random, 12);
            try {
              TicketQuery query = TicketQuery.parse(text);
              assertEquals(text, query.text());
              query.matches(ticket(random), CONTEXT);
            } catch (QuerySyntaxException e) {
              assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, text);
            }
          }
        });
  }

  @Test
  void randomCharactersToo() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
              text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
            }
            try {
              assertEquals(text.toString(), TicketQuery.parse(text.toString()).text());
            } catch (QuerySyntaxException e) {
              assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, text::toString);
            }
          }
        });
  }

  @Test
  void aNegatedTermMatchesWhatTheTermDoesNot() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            String term = one(random, TERMS);
            Ticket ticket = ticket(random);
            boolean matches = matches(term, ticket);
            assertEquals(!matches, matches("not:" + term, ticket), () -> term + " " + ticket);
            assertEquals(!matches, matches("-" + term, ticket), () -> term + " " + ticket);
          }
        });
  }

  @Test
  void termsSideBySideMatchWhatEachOfThemDoes() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            String left = one(random, TERMS);
            String right = "-" + one(random, TERMS);
            Ticket ticket = ticket(random);
            boolean both = matches(left, ticket) && matches(right, ticket);
            assertEquals(both, matches(left + " " + right, ticket), () -> left + " " + right);
            assertEquals(both, matches(right + " " + left, ticket), () -> right + " " + left);
          }
        });
  }

  private static boolean matches(String text, Ticket ticket) throws QuerySyntaxException {
    return TicketQuery.parse(text).matches(ticket, CONTEXT);
  }

  @Test
  void everyTitleIsFoundByEveryPieceOfItInQuotes() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            String title = joined(random, 8);
            int from = random.nextInt(title.length());
            String piece = title.substring(from, random.nextInt(from, title.length()) + 1);
            String query = '"' + piece.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            assertTrue(matches(query, TicketMaker.ticket(1).title(title).make()), query);
          }
        });
  }

  @Test
  void aNeedleIsFoundAsInLowerCaseTexts() throws Exception {
    SeededTest.run(
        random -> {
          List<String> letters = List.of("a", "A", "b", "B", "é", "É", "ж", "Ж", "1", " ");
          for (int i = 0; i < ROUNDS; i++) {
            StringBuilder hay = new StringBuilder();
            random.ints(random.nextInt(12), 0, 10).forEach(at -> hay.append(letters.get(at)));
            StringBuilder needle = new StringBuilder(one(random, letters));
            random.ints(random.nextInt(3), 0, 10).forEach(at -> needle.append(letters.get(at)));
            boolean expected = lower(hay).contains(lower(needle));
            assertEquals(
                expected,
                new Needle(needle.toString()).isIn(hay.toString()),
                () -> "'" + needle + "' in '" + hay + "'");
          }
        });
  }

  /** Few letters make many near misses; half characters are compared as they are. */
  @Test
  void aNeedleIsFoundWhereJavaFindsIt() throws Exception {
    SeededTest.run(
        random -> {
          List<String> letters = List.of("a", "A", "b", "ſ", "S", "𐐀", "𐐨", "\u212a", "k");
          for (int i = 0; i < ROUNDS; i++) {
            int kinds = 2 + random.nextInt(letters.size() - 1);
            String hay = text(random, letters.subList(0, kinds), 40);
            String needle = text(random, letters.subList(0, kinds), 6);
            assertEquals(
                containsByJava(hay, needle),
                new Needle(needle).isIn(hay),
                () -> "'" + needle + "' in '" + hay + "'");
          }
        });
  }

  private static String text(Random random, List<String> letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(most); length >= 0; length--) {
      text.append(one(random, letters));
    }
    return text.toString();
  }

  private static boolean containsByJava(String hay, String needle) {
    for (int i = 0; i + needle.length() <= hay.length(); i++) {
      if (hay.regionMatches(true, i, needle, 0, needle.length())) {
        return true;
      }
    }
    return false;
  }

  private static String lower(CharSequence text) {
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
