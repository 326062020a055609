package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;

/** Verbs behind the colon, and what Tab makes of a line. */
class CommandingTest {
  private final Play play =
      Play.live(
          ticket(1).assignee("bob").tags("network", "net lab").make(),
          ticket(2).assignee("bernard").tags("printer").make());

  private Play run(String command) {
    return play.press(":").type(command).press("Enter");
  }

  private LinePrompt prompt() {
    return (LinePrompt) play.model.input();
  }

  private void ended(int code, String... lines) {
    Effect.RunVerb verb = play.next(Effect.RunVerb.class);
    play.take(new EffectResult.VerbEnded(verb.id(), code, List.of(lines)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list|list",
        "list status:open --limit 3|list;status:open;--limit;3",
        "comment . \"two words\"|comment;2;two words",
        "show .|show;2",
        "billets show 1|show;1",
        "lock . --wait=5m|lock;2;--wait=5m",
        "  show   1  |show;1",
        "edit|", // its own form
      })
  void aVerbIsRunWithItsWords(String command, String words) {
    play.press("j");
    run(command);
    List<String> expected = words == null ? List.of() : List.of(words.split(";"));
    List<String> ran =
        play.all(Effect.RunVerb.class).stream().flatMap(one -> one.words().stream()).toList();
    assertEquals(expected, ran);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lst|There is no verb 'lst': did you mean 'list'?",
        "frobnicate|There is no verb 'frobnicate': Tab shows those there are.",
        "--limit 3 list|Begin with the verb: options stand behind it.",
        "comment 1 'x|A quote (') is not closed: close it.",
        "watch|'watch' needs a terminal of its own: run it in a shell, as billets …",
        "wait 1 --for open|'wait 1 --for open' needs a terminal of its own: run it in a shell, as"
            + " billets …",
        "edit 1 --recover|'edit 1 --recover' needs a terminal of its own: run it in a shell, as"
            + " billets …",
        "edit --recover|'edit --recover' needs a terminal of its own: run it in a shell, as"
            + " billets …",
        "lock 1 -- make|'lock 1 -- make' needs a terminal of its own: run it in a shell, as"
            + " billets …",
        "lock 1 --wait|To stand in a line, say how long (--wait=5m), or press w on the ticket.",
        "edit 99|There is no ticket '99' here.",
        "edit nonsense|There is no ticket 'nonsense' here."
      })
  void whatIsNotRunIsASentence(String command, String sentence) {
    run(command);
    assertEquals(sentence, play.status());
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
    assertEquals(List.of(), play.all(Effect.RunVerb.class));
    assertNull(play.model.input());
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", "quit", "exit"})
  void oneCanLeave(String command) {
    run(command);
    assertEquals(1, play.all(Effect.LoopCommand.QUIT).size());
  }

  @Test
  void nothingRunsNothing() {
    run("").press(":").type("   ").press("Enter").press(":").type("billets").press("Enter");
    assertEquals(List.of(), play.all(Effect.RunVerb.class));
    assertEquals("", play.status());
  }

  @Test
  void theHelpIsItsOwn() {
    run("help");
    assertEquals(Pager.Kind.HELP, play.model.pager().kind());
  }

  @Test
  void aTicketIsEditedInTheForm() {
    run("edit 2");
    assertEquals(2, play.form().base().number());
    play.press("Esc j");
    run("edit .");
    assertEquals(2, play.form().base().number());
  }

  @Test
  void theSignForHereNeedsATicket() {
    Play empty = Play.live();
    empty.press(":").type("show .").press("Enter");
    assertEquals("There is no ticket here that . could stand for.", empty.status());
  }

  @Test
  void oneLineIsSaidAndMoreIsRead() {
    run("show 1");
    play.seconds(1);
    assertEquals("billets show …", play.model.waitingWords());
    ended(0, "17");
    assertEquals("17", play.status());
    run("show 1");
    ended(0);
    assertEquals("Done.", play.status());
    run("show 1");
    ended(3, "billets: there is no ticket 1");
    assertEquals("There is no ticket 1.", play.status());
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
    run("show 1");
    ended(4);
    assertEquals("It ended with exit code 4.", play.status());
    run("show 1");
    ended(2, "usage", "more");
    assertEquals("Output (exit code 2)", play.model.pager().title());
    assertEquals(2, play.model.pager().lines().size());
  }

  @Test
  void aVerbThatWasCalledInAWrongWayIsNoTextToRead() {
    run("show");
    ended(2, "billets: missing required parameter: 'REF'", "Try: billets help close");
    assertEquals("Missing required parameter: 'REF'.", play.status());
    assertNull(play.model.pager());
  }

  @Test
  void outputWaitsForWhoTypes() {
    run("list").press("c").type("jq");
    ended(0, "one", "two");
    play.type("x");
    assertNull(play.model.pager());
    assertEquals("jqx", ((CommentBox) play.model.input()).typed().text());
    assertEquals("What the verb printed is shown when you are done here.", play.status());
    play.press("Esc");
    assertEquals("Output", play.model.pager().title());
    play.press("q");
    assertNull(play.model.pager());
    play.press("c Esc");
    assertNull(play.model.pager(), "it is shown once");
  }

  @Test
  void backspaceTakesTheColonAway() {
    play.press(":").type("a").press("Backspace");
    assertEquals(":", prompt().purpose().label());
    play.press("Backspace");
    assertNull(play.model.input());
  }

  @Test
  void whatWasRunIsRecalled() {
    run("list").press("q");
    run("show 1");
    play.press(":").type("half").press("Up Up Up Down Down");
    assertEquals("half", prompt().typed().text());
    play.press("Ctrl-P");
    assertEquals("show 1", prompt().typed().text());
    play.type("7").press("Ctrl-P");
    assertEquals("list", prompt().typed().text());
    play.press("Esc");
    assertNull(play.model.input());
  }

  @Test
  void itWorksWhereATicketIsReadAndOnTheOverview() {
    play.press("Enter");
    run("show .");
    assertEquals(List.of("show", "1"), play.last(Effect.RunVerb.class).words());
    play.press("o");
    run("show .");
    assertEquals(2, play.all(Effect.RunVerb.class).size());
  }

  // Tab.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        ":|li|list ",
        ":|sh|show ",
        ":|list sta|list status:",
        ":|list status:o|list status:open ",
        ":|list --s|list --sort ",
        ":|list --sort -t|list --sort -t",
        ":|show 1|show 1 ",
        ":|q|quit ",
        "/|pri|priority:",
        "/|priority:u|priority:urgent ",
        "/|printer assignee:b|printer assignee:b",
        "/|assignee:bo|assignee:bob ",
        "/|-status:c|-status:closed ",
        "/|not:status:c|not:status:closed ",
        "/|tag:pr|tag:printer ",
        "/|x|x",
        "a|be|bernard",
        "a|no|none",
        ":|ed|edit ",
        ":|edit --r|edit --r",
        ":|wat|wat",
        ":|show sta|show sta",
        ":|help wat|help watch ",
        "t|, pr|, printer, ",
        "t|, net l|, \"net lab\", ",
        "t|, \"net l|, \"net lab\", ",
        "t|, \"x, y\", pri|, \"x, y\", printer, ",
        "t|, \"x, y|, \"x, y"
      })
  void tabCompletesWhatThereIs(String where, String typed, String completed) {
    play.press(where).press("Ctrl-U");
    if (where.equals("t")) {
      play.type("x");
      completed = "x" + completed;
    }
    play.type(typed).press("Tab");
    assertEquals(completed, prompt().typed().text());
  }

  @Test
  void whatItCouldBeIsShown() {
    play.press(":").type("l").press("Tab");
    assertEquals("list  lock", prompt().hint());
    assertNull(prompt().mistake());
    play.press("Left");
    assertEquals("list  lock", prompt().hint());
    play.press("Right").type("o");
    assertNull(prompt().hint());
    play.press("Tab");
    assertEquals("lock ", prompt().typed().text());
    play.press("Ctrl-U").type("xyz").press("Tab");
    assertEquals("nothing begins with 'xyz'", prompt().mistake());
  }

  @Test
  void whatWorksInThisViewAloneIsOffered() {
    play.press(": Tab");
    assertEquals("comment  edit  help  list  lock  quit  show", prompt().hint());
    play.type("show ").press("Tab");
    assertEquals("1  2", prompt().hint());
    play.press("Ctrl-U").type("list ").press("Tab");
    assertTrue(prompt().hint().contains("priority:"), prompt().hint());
    play.press("Ctrl-U").type("quit ").press("Tab");
    assertEquals("there is nothing to complete here", prompt().mistake());
    play.press("Esc");
    run("wacth");
    assertEquals("There is no verb 'wacth': Tab shows those there are.", play.status());
  }

  @Test
  void aFilterThatIsCompletedToAPartIsTheOneOneSees() {
    play.press("/").type("tag:ne").press("Tab");
    assertEquals("tag:network ", prompt().typed().text());
    assertEquals(List.of(1L), play.listed());
    play.press("Ctrl-U").type("assignee:").press("Tab");
    assertTrue(prompt().hint().contains("bernard"), prompt().hint());
    play.type("b").press("Tab").type("ob");
    assertEquals(List.of(1L), play.listed());
  }

  @Test
  void aCommonBeginningIsTakenAndFiltered() {
    Play two = Play.live(ticket(1).tags("prod-a").make(), ticket(2).tags("prod-b").make());
    two.press("/").type("tag:p");
    assertFalse(two.listed().contains(1L));
    two.press("Tab");
    assertEquals("tag:prod-", ((LinePrompt) two.model.input()).typed().text());
    assertEquals("tag:prod-", two.model.filter().query().text());
  }

  @Test
  void aReasonIsNobodysToComplete() {
    play.bobLocks(1).press("L Tab");
    assertEquals("there is nothing to complete here", prompt().mistake());
  }

  @Test
  void whatStandsBehindTheCursorStays() {
    play.press("/").type("pri printer").press("Home Right Right Right Tab");
    assertEquals("priority: printer", prompt().typed().text());
    assertEquals(9, prompt().typed().cursor());
  }
}
