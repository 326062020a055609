package org.lesbillets.cli.command.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.SampleTickets.PRINTER;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.WatchTerms;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.output.console.DurableOutput;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** A watch that keeps its place in a file, and one that begins with what is there. */
final class WatchCursorTest {
  private static final String JOURNAL = "0190a3c2-7d4e-7aaa-8bbb-0123456789ab";
  private static final String OTHER = "0190a3c2-7d4e-7aaa-8bbb-0123456789ff";

  private static final Ticket WIDE = SampleTickets.TICKETS.get(1);

  @TempDir Path folder;

  private Path cursor() {
    return folder.resolve("cursor");
  }

  private String kept() throws IOException {
    return Files.readString(cursor());
  }

  private static ResumePoint at(long revision) {
    return new ResumePoint(JOURNAL, revision);
  }

  private static EventMessage event(long revision) {
    WireEvent created =
        new WireEvent.TicketCreated(TicketMaker.NOW, new AgentName("alice"), PRINTER, false);
    return EventMessage.pushed(new SequencedEvent(revision, revision - 1, created));
  }

  private BilletsRun.Result watch(ScriptedTicketService desk, String... more) {
    List<String> line = new ArrayList<>(List.of("watch", "--cursor", cursor().toString()));
    line.addAll(List.of(more));
    return BilletsRun.at(desk).run(line.toArray(String[]::new));
  }

  private static ScriptedTicketService live(WatchScript script) {
    return new ScriptedTicketService()
        .watching(
            visitor -> {
              visitor.position(at(5));
              try {
                script.play(visitor);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static void twoEvents(WatchVisitor visitor) {
    assertTrue(visitor.event(event(6)));
    assertTrue(visitor.event(event(7)));
  }

  private interface WatchScript {
    void play(WatchVisitor visitor) throws IOException;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                                         | is empty
          "\\n"                                      | is empty
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:12    | holds no position, or a part of one
          0190a3c2-7d4e-7aaa-8bbb-0123               | holds no position, or a part of one
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:\\n   | holds no position, or a part of one
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:-1\\n | holds no position, or a part of one
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:9007199254740992\\n | holds no position
          journal:12\\n                              | holds no position, or a part of one
          12\\n                                      | holds no position, or a part of one
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:1\\n2\\n | holds no position
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:1 noon\\n | holds no position
          0190a3c2-7d4e-7aaa-8bbb-0123456789ab:1 2026-11-22T11:00:00Z x\\n | holds no position
          \\0\\0\\0\\n                               | holds no position, or a part of one
          """)
  void aFileThatMakesNoSenseIsRefused(String text, String said) throws IOException {
    String content = text.replace("\\n", "\n").replace("\\0", "\0");
    Files.writeString(cursor(), content);
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = watch(desk);
    assertEquals(ExitStatus.USAGE, result.status(), result.err());
    assertTrue(result.err().contains("the cursor file " + cursor() + " " + said), result.err());
    assertTrue(result.err().contains("remove it to begin now"), result.err());
    assertEquals(List.of(), desk.asked);
    assertEquals(content, kept(), "it is left alone");
  }

  @ParameterizedTest
  @CsvSource({
    "., it is no regular file",
    "missing/cursor, is no folder",
    "link, it is a link to a file that is not there",
    "/dev/null, it is no regular file",
    "/proc/billets, /proc/billets.lock"
  })
  void aPlaceThatCannotBeWrittenIsToldAtTheStart(String place, String said) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result =
        BilletsRun.at(desk).run("watch", "--cursor", folder.resolve(place).normalize().toString());
    assertEquals(ExitStatus.USAGE, result.status(), result.err());
    assertTrue(result.err().contains(said), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @Test
  void withoutAFileItBeginsNowAndMakesIt() throws IOException {
    ScriptedTicketService desk = live(visitor -> assertEquals(JOURNAL + ":5\n", kept()));
    BilletsRun.Result result = watch(desk);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    ResumePoint start = ((WatchTerms) desk.asked.get(0)).start().since(welcome());
    assertEquals(new ResumePoint("j", 91), start);
  }

  private static Welcome welcome() {
    return new Welcome(1, "s", "j", 91, new AgentName("alice"), Role.AGENT, false);
  }

  @ParameterizedTest
  @CsvSource({"''", "--since 7", "--initial"})
  void aFileThatIsThereWins(String more) throws IOException {
    Files.writeString(cursor(), JOURNAL + ":12\n");
    ScriptedTicketService desk = live(visitor -> {});
    watch(desk, more.isEmpty() ? new String[0] : more.split(" "));
    assertEquals(at(12), ((WatchTerms) desk.asked.get(0)).start().since(welcome()));
  }

  @Test
  void itMovesBehindWhatWasPrinted() throws IOException {
    ScriptedTicketService desk =
        live(
            visitor -> {
              visitor.event(event(6));
              assertEquals(JOURNAL + ":5\n", kept(), "the line is not out yet");
              visitor.event(event(7));
              visitor.caughtUp();
              assertEquals(JOURNAL + ":7\n", kept());
              visitor.event(event(8));
            });
    BilletsRun.Result result = watch(desk);
    assertEquals(3, result.out().lines().count(), result.err());
    assertEquals(JOURNAL + ":8\n", kept());
  }

  /** After a power cut the file that the lines went to must not end before the cursor. */
  @Test
  void theLinesAreOnTheDiskBeforeItMoves() throws IOException {
    SyncedLines lines = new SyncedLines();
    ScriptedTicketService desk =
        live(
            visitor -> {
              visitor.event(event(6));
              visitor.event(event(7));
              visitor.caughtUp();
              visitor.position(at(80));
            });
    BilletsRun.at(desk).run(lines, "watch", "--cursor", cursor().toString());
    assertEquals(List.of("2 lines, then " + JOURNAL + ":5"), lines.syncs, "none for no line");
    assertEquals(JOURNAL + ":80\n", kept());
  }

  /** A file, as it were: what was there at each sync, and where the cursor stood. */
  private final class SyncedLines extends ByteArrayOutputStream implements DurableOutput {
    private final List<String> syncs = new ArrayList<>();

    @Override
    public void sync() throws IOException {
      syncs.add(toString(UTF_8).lines().count() + " lines, then " + kept().strip());
    }
  }

  @Test
  void aDiskThatFailsKeepsItWhereItWas() throws IOException {
    class Failing extends ByteArrayOutputStream implements DurableOutput {
      @Override
      public void sync() throws IOException {
        throw new SyncFailedException("sync failed");
      }
    }
    ScriptedTicketService desk = live(visitor -> visitor.event(event(6)));
    BilletsRun.Result result =
        BilletsRun.at(desk).run(new Failing(), "watch", "--cursor", cursor().toString());
    assertTrue(result.err().contains("the output cannot be written: sync failed"), result.err());
    assertEquals(JOURNAL + ":5\n", kept());
  }

  @Test
  void itMovesWhenTheConnectionIsLost() throws IOException {
    ScriptedTicketService desk =
        live(
            visitor -> {
              visitor.state(
                  new ConnectionState.Live(ServerAddress.parseAll("ws://127.0.0.1:1").get(0)));
              visitor.event(event(6));
              visitor.state(new ConnectionState.Reconnecting(1, Duration.ofHours(1), "it left"));
              assertEquals(JOURNAL + ":6\n", kept());
            });
    BilletsRun.Result result = watch(desk);
    assertEquals(ExitStatus.OK, result.status(), result.err());
  }

  /** Positions deliver nothing: they are written every ten seconds at most, and at the end. */
  @Test
  void itMovesWithPositionsInItsOwnTime() throws IOException {
    ScriptedTicketService desk =
        live(
            visitor -> {
              visitor.position(at(80));
              visitor.caughtUp();
              assertEquals(JOURNAL + ":5\n", kept());
            });
    watch(desk, "tag:x");
    assertEquals(JOURNAL + ":80\n", kept());
  }

  /** What time alone changes has no revision: the file keeps its moment and ticket. */
  @Test
  void itKnowsWhatTimeDidLast() throws IOException {
    Instant at = TicketMaker.NOW.plusSeconds(7200);
    TicketMatch entered = new TicketMatch(at, PRINTER, Match.ENTERED, 8);
    ScriptedTicketService desk =
        live(
            visitor -> {
              assertTrue(visitor.event(event(6)));
              assertFalse(visitor.match(entered), "it counts");
            });
    String script = "echo $BILLETS_EVENT $BILLETS_MATCH $BILLETS_TICKET >>'" + folder + "/ran'";
    BilletsRun.Result result = watch(desk, "age:>2h", "--count", "2", "--exec", script);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    String place = JOURNAL + ":8 " + at + " " + PRINTER.number();
    assertEquals(place + "\n", kept());
    assertEquals(
        List.of("TicketCreated 17", "TicketMatch entered 17"),
        Files.readAllLines(folder.resolve("ran")));
    ScriptedTicketService again = live(visitor -> {});
    watch(again, "age:>2h");
    assertEquals(
        new ResumePoint(JOURNAL, 8, entered.mark()),
        ((WatchTerms) again.asked.get(0)).start().since(welcome()));
  }

  @Test
  void theCommandHasToSucceedFirst() throws IOException {
    String script = "cp '" + cursor() + "' '" + folder + "'/$BILLETS_REVISION";
    BilletsRun.Result result = watch(live(WatchCursorTest::twoEvents), "--exec", script);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(JOURNAL + ":5\n", Files.readString(folder.resolve("6")));
    assertEquals(JOURNAL + ":6\n", Files.readString(folder.resolve("7")));
    assertEquals(JOURNAL + ":7\n", kept());
  }

  @Test
  void withoutRetryItMovesOnBehindAFailure() throws IOException {
    BilletsRun.Result result =
        watch(live(visitor -> visitor.event(event(6))), "--exec", "exit 3", "-o", "jsonl");
    assertTrue(result.err().contains("; the watch goes on"), result.err());
    assertEquals(JOURNAL + ":6\n", kept());
  }

  @Test
  void withRetryItRunsAgainUntilItSucceeds() throws IOException {
    String script =
        "cd '" + folder + "'; cat >>given; echo >>runs; test $(wc -l <runs) -ge 4 || exit 3";
    BilletsRun.Result result =
        watch(live(WatchCursorTest::twoEvents), "--exec", script, "--retry", "1ms");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    List<String> given = Files.readAllLines(folder.resolve("given"));
    assertEquals(5, given.size());
    assertEquals(1, given.subList(0, 4).stream().distinct().count(), "the same event");
    assertEquals(result.out().lines().toList(), given.subList(3, 5));
    assertEquals(1, occurrences(result.err(), "ended with 3"), "told once: " + result.err());
    assertTrue(result.err().contains("it is run again every 1ms until it succeeds"), result.err());
    assertTrue(result.err().contains("when run 4 times"), result.err());
    assertEquals(JOURNAL + ":7\n", kept());
  }

  private static int occurrences(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void theEndOfItsTimeEndsTheRetries() throws IOException {
    ScriptedTicketService desk =
        live(
            visitor -> {
              visitor.timeIsOver();
              assertFalse(visitor.event(event(6)), "nothing further is done");
            });
    BilletsRun.Result result = watch(desk, "--exec", "exit 3", "--retry", "1h");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(JOURNAL + ":5\n", kept(), "the event comes again");
  }

  @Test
  void twoDoNotUseOneFile() {
    List<BilletsRun.Result> second = new ArrayList<>();
    ScriptedTicketService desk =
        live(visitor -> second.add(watch(new ScriptedTicketService(), "--next")));
    BilletsRun.Result first = watch(desk);
    assertEquals(ExitStatus.OK, first.status(), first.err());
    assertEquals(ExitStatus.USAGE, second.get(0).status());
    assertTrue(
        second.get(0).err().contains("another process works with the cursor file"),
        second.get(0).err());
  }

  @Test
  void itStaysWhatItWas() throws IOException {
    Path real = folder.resolve("real");
    Files.writeString(real, JOURNAL + ":5\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(cursor(), real);
    watch(live(visitor -> visitor.event(event(6))));
    assertTrue(Files.isSymbolicLink(cursor()));
    assertEquals(JOURNAL + ":6\n", Files.readString(real));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
  }

  /** Others may write to the folder. */
  @Test
  void nothingBesideItIsOverwritten() throws IOException {
    Path mine = Files.writeString(folder.resolve("cursor.new"), "mine");
    Path target = Files.writeString(folder.resolve("target"), "kept");
    Path planted = folder.resolve("cursor.billets-new");
    Files.createSymbolicLink(planted, target);
    Files.writeString(cursor(), JOURNAL + ":5\n");
    Files.setPosixFilePermissions(cursor(), PosixFilePermissions.fromString("rw-------"));
    watch(
        live(
            visitor -> {
              Files.deleteIfExists(planted);
              Files.createSymbolicLink(planted, target);
              visitor.event(event(6));
            }));
    assertEquals("mine", Files.readString(mine));
    assertEquals("kept", Files.readString(target));
    assertEquals(JOURNAL + ":6\n", kept());
    assertFalse(Files.isSymbolicLink(cursor()));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cursor())));
    assertFalse(Files.exists(planted, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void anotherJournalIsAResync() throws IOException {
    Files.writeString(cursor(), OTHER + ":12\n");
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .watching(
                visitor -> {
                  visitor.part(part(9, true, true, true, PRINTER));
                  visitor.position(at(9));
                });
    BilletsRun.Result result = watch(desk, "--count", "1");
    assertEquals(List.of("resync 9"), types(result));
    assertEquals(JOURNAL + ":9\n", kept());
  }

  private static SnapshotPart part(
      long revision, boolean reset, boolean first, boolean last, Ticket... tickets) {
    return new SnapshotPart(List.of(tickets), at(revision), 2, reset, first, last);
  }

  private static List<String> types(BilletsRun.Result result) {
    return result
        .out()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(WatchCursorTest::type)
        .toList();
  }

  private static String type(JsonObject line) {
    String type = line.get("type").getAsString();
    return type.equals("Ticket")
        ? type + " " + line.getAsJsonObject("ticket").get("number")
        : type + " " + line.get("revision");
  }

  /** A snapshot whose connection was lost is void: what is printed is true at one revision. */
  @Test
  void whatIsThereComesFirstAndDoesNotCount() throws IOException {
    String files = "ls '" + folder + "' >>'" + folder + "/seen'";
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .watching(
                visitor -> {
                  visitor.part(part(8, false, true, false, PRINTER));
                  visitor.part(part(9, false, true, false, WIDE));
                  visitor.part(part(9, false, false, true, PRINTER));
                  visitor.position(at(9));
                  assertTrue(visitor.event(event(10)));
                  assertFalse(visitor.event(event(11)));
                });
    BilletsRun.Result result = watch(desk, "--initial", "--count", "2", "--exec", files);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(
        List.of(
            "Ticket " + WIDE.number(),
            "Ticket " + PRINTER.number(),
            "Current 9",
            "TicketCreated 10",
            "TicketCreated 11"),
        types(result));
    assertEquals(JOURNAL + ":11\n", kept());
    List<String> seen = Files.readAllLines(folder.resolve("seen"));
    assertEquals(2, seen.stream().filter("cursor"::equals).count(), "no file before Current");
  }

  @Test
  void behindAResyncItComesAgain() {
    ScriptedTicketService desk =
        new ScriptedTicketService()
            .watching(
                visitor -> {
                  visitor.part(part(8, false, true, true));
                  visitor.position(at(8));
                  visitor.part(part(9, true, true, true, PRINTER));
                });
    BilletsRun.Result result = watch(desk, "--initial");
    assertEquals(
        List.of("Current 8", "resync 9", "Ticket " + PRINTER.number(), "Current 9"), types(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          watch --initial --since 5      | give one of the two
          watch --retry 5s               | --retry is about the command of --exec
          watch --retry 0s --exec true   | '0s' is not between
          """)
  void whatMakesNoSenseTogetherIsRefused(String line, String said) {
    BilletsRun.Result result = BilletsRun.alone(line.split(" +"));
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains(said), result.err());
  }
}
