package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;

/** Other programs' texts, made to fit. */
class ImportSanitizerTest {
  private final ImportSanitizer fitting = new ImportSanitizer();

  @Test
  void whatFitsIsLeftAlone() {
    assertEquals("A title — 打印机 🔥", fitting.line("it", "A title — 打印机 🔥", 200));
    assertEquals("two\n\tlines", fitting.block("it", "two\n\tlines"));
    assertEquals(
        List.of("bug", "good first issue"), fitting.tags(List.of("bug", "good first issue")));
    assertEquals(List.of(), fitting.notes());
  }

  @Test
  void aLineIsCutAtACharacterAndSaysSo() {
    String cut = fitting.line("the title", "🦊".repeat(201), 200);
    assertEquals("🦊".repeat(199) + "…", cut);
    assertEquals(List.of("the title is cut to 200 characters"), fitting.notes());
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb', 'a b'",
    "' a \t b ', 'a b'",
    "'a\u0000b\u009bc', 'a b c'",
    "'a\u2028b', 'a b'",
    "'half \ud83d', 'half \ufffd'",
  })
  void aLineIsOneLineOfWholeCharacters(String text, String line) {
    assertEquals(line, fitting.line("it", text, 200));
  }

  @Test
  void aBlockHasNoOtherLineEndsAndNoControlCharacters() {
    assertEquals("a\nb\nc\td", fitting.block("it", "a\r\nb\rc\td\u0007\u001b"));
    assertEquals("half \ufffd", fitting.block("it", "half \ud83d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0007", "\u001b[1m", "\u007f", "\u009b"})
  void controlCharactersThatAreTakenOutAreTold(String control) {
    fitting.line("the title", "a" + control + "b" + control, 200);
    fitting.block("the body", "a\r\nb" + control + control);
    assertEquals(List.of("a b"), fitting.tags(List.of("a\tb")));
    fitting.tags(List.of("bug", "x" + control));
    assertEquals(
        List.of(
            "control characters are left out of the title",
            "control characters are left out of the body",
            "control characters are left out of the label 'x" + control + "'"),
        fitting.notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\t", "\u000b", "\f", "\u0085", "\u2028", "\u2029"})
  void whiteSpaceIsNoLossInALine(String space) {
    assertEquals("a b", fitting.line("the title", "a" + space + "b" + space, 200));
    assertEquals(List.of(), fitting.notes());
  }

  @Test
  void otherLineEndsAreNoLossInABlock() {
    assertEquals("a\n\nb\n\tc\n", fitting.block("the body", "a\r\n\r\nb\r\tc\n"));
    assertEquals(List.of(), fitting.notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "界", "🦊"})
  void aBlockIsCutAtAWholeCharacter(String character) {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    String longest = character.repeat(65_536 / bytes);
    assertEquals(longest, fitting.block("the body", longest));
    assertEquals(List.of(), fitting.notes());
    String cut = fitting.block("the body", "ab" + longest);
    assertTrue(cut.getBytes(StandardCharsets.UTF_8).length <= 65_536);
    assertTrue(("ab" + longest).startsWith(cut));
    assertTrue(cut.length() >= longest.length() - 3, "cut no more than it has to be");
    assertTrue(fitting.notes().get(0).startsWith("the body is cut to 65536 bytes, from 655"));
  }

  @Test
  void noMoreTagsThanATicketTakes() {
    List<String> labels = IntStream.range(0, 25).mapToObj(i -> "label " + i).toList();
    assertEquals(labels.subList(0, 20), fitting.tags(labels));
    assertEquals(List.of("a", "b"), fitting.tags(List.of("a", "", " a ", "b", "a")));
    assertEquals(List.of("only the first 20 of its 25 labels are kept"), fitting.notes());
  }

  @ParameterizedTest
  @CsvSource({"alice, alice", "a.b_c-d, a.b_c-d", "9lives, 9lives"})
  void anAgentsNameIsKept(String login, String agent) {
    assertEquals(agent, ImportSanitizer.agent(login));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dependabot[bot]", "app/renovate", "me", "none", "all", "_", "é", "-x", "a b"})
  void anyOtherNameBecomesOneThatTellsItsOrigin(String login) {
    String agent = ImportSanitizer.agent(login);
    assertTrue(AgentName.isValid(agent), agent);
    assertTrue(agent.matches(".*-[0-9a-f]{8}"), agent);
    assertEquals(agent, ImportSanitizer.agent(login), "always the same");
    assertTrue(AgentName.isValid(ImportSanitizer.agent(login.repeat(100))));
  }

  @Test
  void differentNamesStayDifferent() {
    Set<String> agents = new HashSet<>();
    for (String login : List.of("a b", "a/b", "a[b", "a  b", "a b ", "A B")) {
      assertTrue(agents.add(ImportSanitizer.agent(login)), login);
    }
    assertTrue(ImportSanitizer.agent("dependabot[bot]").startsWith("dependabot-bot-"));
  }

  /** The example of RFC 9562 has another namespace; the layout is what is held here. */
  @Test
  void aNameHasOneUuidOfVersionFive() {
    UUID one = NameUuid.of("https://example.org/issues/1");
    assertEquals(one, NameUuid.of("https://example.org/issues/1"));
    assertNotEquals(one, NameUuid.of("https://example.org/issues/2"));
    assertEquals(5, one.version());
    assertEquals(2, one.variant());
    assertEquals("42a8eb47-1d85-5f7e-8e9a-7ad0ff2c1d0e".length(), one.toString().length());
  }
}
