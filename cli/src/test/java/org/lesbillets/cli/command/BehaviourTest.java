package org.lesbillets.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.SampleTickets.PRINTER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** What verbs do beyond asking once and printing. */
class BehaviourTest {
  @TempDir Path folder;

  private static Comment comment(long id) {
    return new Comment(id, TicketMaker.NOW, new AgentName("bob"), "comment " + id);
  }

  private static TicketDetails page(boolean more, long... ids) {
    List<Comment> comments = LongStream.of(ids).mapToObj(BehaviourTest::comment).toList();
    return new TicketDetails("1", PRINTER, comments, null, more);
  }

  @Test
  void showReadsAllPagesOldestFirst() {
    ScriptedTicketService desk =
        new ScriptedTicketService().telling(page(true, 9, 8, 7), page(true, 6, 5), page(false, 4));
    String out = BilletsRun.at(desk).run("show", "17", "-o", "tsv").out();
    assertEquals(
        List.of("4", "5", "6", "7", "8", "9"),
        out.lines().filter(l -> l.startsWith("comment\t")).map(l -> l.split("\t")[1]).toList());
    assertEquals(
        List.of("null", "7", "5"),
        desk.asked.stream()
            .map(asked -> String.valueOf(((ClientMessage.GetTicket) asked).cursor().before()))
            .toList());
  }

  @Test
  void showEndsWhenAServerSaysMoreAndBringsNothing() {
    ScriptedTicketService desk = new ScriptedTicketService().telling(page(true, 9, 8), page(true));
    assertEquals(ExitStatus.OK, BilletsRun.at(desk).run("show", "17").status());
    assertEquals(2, desk.asked.size());
  }

  @ParameterizedTest(name = "{0}, ticket {1}, token {2}: {3}")
  @CsvSource({
    "update 17 --title T           , 17  , 91, 91",
    "update 17 --title T --token 90, 17  , 91, 90",
    "update 18 --title T           , 17  , 91, null",
    "update 17 --title T           ,     , 91, null",
    "update 17 --title T           , 17  ,   , null",
    "close 17                      , 17  , 91, 91",
    "unlock 17                     , 17  , 91, 91",
    "unlock 1000                   , 17  , 91, 91",
    "unlock 17                     , 1000, 91, 91",
    "unlock 1001-                  , 1000, 91, null",
    "lock 17                       , 17  , 91, null"
  })
  void aScriptsChangesNameItsLock(String line, String ticket, String token, String named) {
    ScriptedTicketService desk = SampleTickets.obliging().telling(page(false));
    String uuid = PRINTER.id().toString();
    BilletsRun run = BilletsRun.at(desk);
    if (ticket != null) {
      run.with("BILLETS_TICKET", ticket.equals("1000") ? uuid : ticket);
    }
    if (token != null) {
      run.with("BILLETS_LOCK_TOKEN", token);
    }
    String typed = line.replace("1000", uuid).replace("1001-", uuid.replace("1", "2"));
    BilletsRun.Result result = run.run(typed.split(" +"));
    assertEquals(ExitStatus.OK, result.status(), result.err());
    Object change = desk.asked.get(desk.asked.size() - 1);
    assertTrue(change.toString().contains("token=" + named + ","), change.toString());
  }

  @Test
  void aLockTokenThatIsNoneIsNamed() {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.obliging())
            .with("BILLETS_TICKET", "17")
            .with("BILLETS_LOCK_TOKEN", "x")
            .run("unlock", "17");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: BILLETS_LOCK_TOKEN: 'x' is no revision"));
  }

  @Test
  void anEmptyCommentIsNone() {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).reading(" \n\n").run("comment", "17");
    assertEquals(ExitStatus.USAGE, result.status());
    assertEquals(0, desk.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comment 17",
        "comment 17 -",
        "comment 17 --text -",
        "create --title a --description -",
        "update 17 --description -"
      })
  void standardInputIsMadeToFit(String line) {
    ScriptedTicketService desk = SampleTickets.obliging();
    byte[] latin = "caf\u00e9 \u001b[31mred\u001b[0m\r\nend\u0000\n".getBytes(ISO_8859_1);
    BilletsRun.Result result = BilletsRun.at(desk).reading(latin).run(line.split(" "));
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals("", result.err());
    assertTrue(desk.asked.get(0).toString().contains("caf\ufffd red\nend"), desk.asked::toString);
  }

  @Test
  void theEndOfALongStandardInputIsKept() {
    ScriptedTicketService desk = SampleTickets.obliging();
    byte[] large = ("first\n" + "x".repeat(2 << 20) + "\nlast").getBytes(UTF_8);
    BilletsRun.Result result =
        BilletsRun.at(desk).reading(large).run("comment", "17", "-o", "json");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    String text = ((ClientMessage.CommentTicket) desk.asked.get(0)).text();
    assertTrue(text.startsWith("[the first 2031"), text.substring(0, 60));
    assertTrue(text.endsWith("\nlast"));
    assertEquals(64 * 1024, text.length());
    assertTrue(
        result
            .err()
            .startsWith(
                "{\"code\":\"NOTE\",\"message\":\"standard input is longer than a comment,"),
        result.err());
  }

  @Test
  void onlyAPersonIsAskedToType() {
    assertEquals(
        "", BilletsRun.at(SampleTickets.obliging()).reading("a").run("comment", "17").err());
    assertEquals(
        "Type the comment, then press Ctrl-D on an empty line.\n",
        BilletsRun.at(SampleTickets.obliging())
            .terminal(80)
            .reading("a")
            .run("comment", "17")
            .err());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "11, 11", "12, 11"})
  void watchEndsAfterSoManyEvents(int count, int printed) {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.story()).run("watch", "--count", "" + count, "-o", "id");
    assertEquals(ExitStatus.OK, result.status());
    assertEquals(printed, result.out().lines().count());
  }

  @Test
  void watchTellsOfRenewalsOnlyWhenAsked() {
    String some = BilletsRun.at(SampleTickets.story()).run("watch").out();
    String all = BilletsRun.at(SampleTickets.story()).run("watch", "--all").out();
    assertEquals(0, some.lines().filter(l -> l.contains("\"renewed\":true")).count());
    assertEquals(1, all.lines().filter(l -> l.contains("\"renewed\":true")).count());
    assertEquals(some.lines().count() + 1, all.lines().count());
  }

  @Test
  void aWatchThatNeverBeganFails() {
    ConnectionState lost = new ConnectionState.Reconnecting(1, Duration.ofSeconds(1), "nobody");
    ScriptedTicketService desk =
        new ScriptedTicketService().watching(visitor -> visitor.state(lost));
    BilletsRun.Result result = BilletsRun.at(desk).run("watch", "--within", "1s", "-o", "json");
    assertEquals(ExitStatus.UNAVAILABLE, result.status());
    assertEquals(
        "{\"code\":\"UNREACHABLE\",\"message\":\"nobody\",\"details\":{}}\n", result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "'', j/91",
    "12, j/12",
    "0, j/0",
    "6A1B0C52-9a54-4a53-8f9e-0d3c5b7a1f20:12, 6a1b0c52-9a54-4a53-8f9e-0d3c5b7a1f20/12"
  })
  void watchBeginsWhereItIsTold(String since, String expected) {
    ScriptedTicketService desk = SampleTickets.story();
    BilletsRun run = BilletsRun.at(desk);
    if (since.isEmpty()) {
      run.run("watch");
    } else {
      run.run("watch", "--since", since);
    }
    WatchStart start = ((WatchTerms) desk.asked.get(0)).start();
    ResumePoint point =
        start.since(new Welcome(1, "s", "j", 91, new AgentName("alice"), Role.AGENT, false));
    assertEquals(expected, point.journalId() + "/" + point.revision());
  }

  @Test
  void globalOptionsStandBeforeAndBehindTheVerb() {
    String before = BilletsRun.at(SampleTickets.list()).run("-o", "id", "list").out();
    assertEquals("17\n18\n1234\n", before);
    assertEquals(before, BilletsRun.at(SampleTickets.list()).run("list", "--output", "id").out());
    assertEquals(before, BilletsRun.at(SampleTickets.list()).run("list", "-oid").out());
  }

  @ParameterizedTest
  @CsvSource({"0, xterm, needs a terminal to read keys from", "80, dumb, can move its cursor"})
  void theLiveViewSaysWhatTerminalItNeeds(int width, String term, String words) {
    BilletsRun run = BilletsRun.at(SampleTickets.list());
    if (width > 0) {
      run.terminal(width);
    }
    BilletsRun.Result result = run.with("TERM", term).run("tui");
    assertEquals(2, result.code());
    assertTrue(result.err().contains(words), result.err());
    assertTrue(result.err().contains("billets list"), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "next = 'j';qiut = 'x' | 4 | [tui.keys]: there is no action 'qiut'",
        "quit = 'Ctrl+Q'       | 3 | [tui.keys]: 'Ctrl+Q' for quit is no key",
        ";quit = 'j'           | 4 | [tui.keys]: the key 'j' would do both",
        "send = 'x'            | 3 | [tui.keys]: send cannot be on 'x'",
      })
  void aKeyOfTheLiveViewThatIsWrongIsToldWithItsLine(String keys, int line, String words)
      throws IOException {
    Path config = Files.createDirectories(folder.resolve("billets")).resolve("config.toml");
    Files.writeString(config, "[tui]\n[tui.keys]\n" + keys.replace(';', '\n') + "\n");
    BilletsRun run = BilletsRun.at(SampleTickets.list()).terminal(80);
    BilletsRun.Result result =
        run.with("TERM", "xterm").with("XDG_CONFIG_HOME", folder.toString()).run("tui");
    assertEquals(2, result.code());
    String place = "billets: " + config + ", line " + line + ", column 1: " + words;
    assertTrue(result.err().startsWith(place), result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "80, , , auto  , true",
    "80, 1, , auto  , false",
    "80, , dumb, auto  , false",
    "80, '', xterm, auto, true",
    "80, 1, , always, true",
    "80, , , never , false",
    "0 , , , auto  , false",
    "0 , , , always, true"
  })
  void colourIsUsedWhereItIsWanted(
      int width, String noColor, String term, String choice, boolean colour) {
    BilletsRun run = BilletsRun.at(SampleTickets.list());
    if (width > 0) {
      run.terminal(width);
    }
    if (noColor != null) {
      run.with("NO_COLOR", noColor);
    }
    if (term != null) {
      run.with("TERM", term);
    }
    String out = run.run("list", "--color", choice, "-o", "table").out();
    assertEquals(colour, out.contains("\u001b["), out);
  }

  private static TicketDetails seen(Ticket ticket) {
    return new TicketDetails("1", ticket, List.of(), null, false);
  }

  private static EventMessage pushed(Ticket ticket) {
    WireEvent event =
        new WireEvent.TicketLocked(TicketMaker.NOW, new AgentName("bob"), ticket, false, false);
    return EventMessage.pushed(new SequencedEvent(99, 98, event));
  }

  private static final Ticket FREE = PRINTER.withLock(null);

  @ParameterizedTest
  @CsvSource({
    "true , unlocked, 1",
    "true , open    , 1",
    "false, locked  , 1",
    "false, open    , 1",
    "true , locked  , 2",
    "true , closed  , 2",
    "false, unlocked, 2",
    "false, closed  , 2"
  })
  void waitLooksBeforeItWatches(boolean free, String state, int asked) {
    ScriptedTicketService desk =
        new ScriptedTicketService().telling(seen(free ? FREE : PRINTER)).watching(visitor -> {});
    BilletsRun.Result result =
        BilletsRun.at(desk).run("wait", "17", "--for", state, "--within", "3s");
    assertEquals(asked == 1 ? ExitStatus.OK : ExitStatus.TIMED_OUT, result.status());
    assertEquals(asked, desk.asked.size());
    if (asked == 2) {
      WatchTerms terms = (WatchTerms) desk.asked.get(1);
      assertEquals("number:17", terms.query().text());
      assertEquals(Duration.ofSeconds(3), terms.within());
      Welcome welcome = new Welcome(1, "s", "j", 120, new AgentName("alice"), Role.AGENT, false);
      assertEquals(new ResumePoint("j", 93), terms.start().since(welcome), "nothing is missed");
      assertEquals(
          "billets: ticket 17 was not " + state + " within 3s: look at it, or wait longer\n",
          result.err());
    }
  }

  @Test
  void waitEndsWithTheEventThatBringsIt() {
    List<Boolean> more = new ArrayList<>();
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .telling(seen(FREE))
            .watching(
                visitor -> {
                  more.add(visitor.event(pushed(FREE)));
                  more.add(visitor.event(pushed(PRINTER)));
                });
    BilletsRun.Result result = BilletsRun.at(desk).run("wait", "17", "--for", "locked", "-o", "id");
    assertEquals(ExitStatus.OK, result.status());
    assertEquals("17\n", result.out());
    assertEquals(List.of(true, false), more);
  }

  @Test
  void waitLooksAgainWhenEventsMayBeMissing() {
    List<Boolean> more = new ArrayList<>();
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .telling(seen(FREE), seen(PRINTER))
            .watching(visitor -> more.add(visitor.resync(new ResumePoint("j-2", 99))));
    assertEquals(ExitStatus.OK, BilletsRun.at(desk).run("wait", "17", "--for", "locked").status());
    assertEquals(List.of(false), more);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "bob  , lock 17 --steal              , usage",
    "bob  , unlock 17 --force            , usage",
    "bob  , unlock 17 --force --reason=  , usage",
    "bob  , lock 17 --steal --reason R   , 'LockBreak[token=91, reason=R]'",
    "bob  , unlock 17 --force --reason R , 'LockBreak[token=91, reason=R]'",
    "alice, lock 17 --steal              , 'LockBreak[token=91, reason=null]'",
    "alice, unlock 17 --force            , 'LockBreak[token=91, reason=null]'",
    "alice, lock 17 --steal --reason R   , 'LockBreak[token=91, reason=R]'",
    "     , lock 17 --steal              , 'null'",
    "     , unlock 17 --force --reason R , 'null'"
  })
  void whatIsBrokenIsTheLockThatWasSeen(String holder, String line, String broken) {
    Ticket ticket = holder == null ? FREE : PRINTER.withLock(heldBy(holder));
    ScriptedTicketService desk = SampleTickets.obliging().telling(seen(ticket));
    BilletsRun.Result result = BilletsRun.at(desk).run(line.split(" +"));
    if (broken.equals("usage")) {
      assertEquals(ExitStatus.USAGE, result.status());
      assertTrue(
          result.err().startsWith("billets: bob holds the lock on ticket 17 (calling customer): "),
          result.err());
      assertEquals(line.endsWith("="), result.err().contains("--reason is empty"), result.err());
      assertEquals(1, desk.asked.size());
    } else {
      assertEquals(ExitStatus.OK, result.status(), result.err());
      String change = desk.asked.get(1).toString();
      assertTrue(
          change.matches(
              ".*(steal|force)=" + Pattern.quote(broken) + "(, (giveBack|whilePid)=null)?]"),
          change);
    }
  }

  private static TicketLock heldBy(String holder) {
    TicketLock lock = PRINTER.lock();
    return new TicketLock(
        new AgentName(holder),
        lock.token(),
        lock.since(),
        lock.ttl(),
        lock.expiresIn(),
        lock.note(),
        lock.client(),
        0);
  }

  @Test
  void unlockMineNamesTheLocksItSaw() {
    ScriptedTicketService desk =
        SampleTickets.obliging().holding(2, PRINTER, PRINTER.withNumber(18));
    assertEquals(ExitStatus.OK, BilletsRun.at(desk).run("unlock", "--mine").status());
    assertEquals(
        List.of("17 91", "18 91"),
        desk.asked.stream()
            .skip(1)
            .map(asked -> (ClientMessage.UnlockTicket) asked)
            .map(unlock -> unlock.ticket() + " " + unlock.token())
            .toList());
  }
}
