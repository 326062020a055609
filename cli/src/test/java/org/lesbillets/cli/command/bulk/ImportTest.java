package org.lesbillets.cli.command.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RequestSize;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.bulk.format.ImportRecord;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * What becomes of a record, against a desk that keeps one ticket: however much of it is there, all
 * of it is in the end, or it is told why not; and a trial says beforehand what will come of it.
 */
class ImportTest {
  private static final AgentName BOB = new AgentName("bob");
  private static final Instant THEN = Instant.parse("2019-03-04T05:06:07.008Z");

  /** Keeps one ticket as a server does, as far as an import can tell. */
  private static final class OneTicket {
    private final List<Comment> comments = new ArrayList<>();
    private Ticket ticket;
    private List<Comment> brought = List.of();
    private WireEvent.TicketCreated created;
    private long revision = 100;
    private boolean numberTaken;

    Answer answer(ClientMessage request) {
      if (request instanceof ImportTicket wanted) {
        return imported(wanted);
      }
      if (request instanceof ClientMessage.ImportComment more) {
        return commented(more);
      }
      ClientMessage.GetTicket get = (ClientMessage.GetTicket) request;
      boolean byNumber = get.ticket().toString().equals("7");
      if (ticket == null || byNumber) {
        return byNumber && numberTaken
            ? new TicketDetails("1", other(), List.of(), List.of(), false)
            : refused(RejectionCode.NOT_FOUND, "ticket");
      }
      return page(get);
    }

    private static Ticket other() {
      return TicketMaker.ticket(8).make();
    }

    private static Rejected refused(RejectionCode code, String field) {
      return new Rejected("1", code, "refused", RejectionDetails.field(field));
    }

    private EventMessage event(WireEvent event) {
      return EventMessage.answer(new SequencedEvent(revision, revision - 1, event), "1");
    }

    private Answer imported(ImportTicket wanted) {
      assertTrue(!RequestSize.isTooLarge(wanted), "fits into a message");
      if (ticket == null) {
        comments.addAll(Comment.numbered(wanted.comments()));
        revision++;
        ticket = wanted.ticket().withRevision(revision, revision);
        ticket = numberTaken ? ticket.withNumber(9) : ticket;
        brought = wanted.comments();
        created = new WireEvent.TicketCreated(THEN, BOB, ticket, true);
        return event(created);
      }
      boolean same =
          (created == null ? ticket : created.ticket()).saysSameAs(wanted.ticket())
              && (created == null
                  ? Comment.begin(wanted.comments(), comments)
                  : brought.equals(wanted.comments()));
      return same
          ? new EventMessage(event(created).event(), "1", true, null)
          : refused(RejectionCode.INVALID, "id");
    }

    private Answer commented(ClientMessage.ImportComment more) {
      if (more.place() != comments.size()) {
        return refused(RejectionCode.STALE_REVISION, "place");
      }
      revision++;
      comments.add(more.comment().withId(comments.size() + 1));
      return event(new WireEvent.TicketCommented(THEN, BOB, ticket, more.comment()));
    }

    void said(String text) {
      revision++;
      comments.add(new Comment(comments.size() + 1, THEN, BOB, text));
    }

    /** At most three comments at a time, newest first, and the event that made it last. */
    private Answer page(ClientMessage.GetTicket get) {
      DetailsCursor cursor = get.cursor();
      long before = cursor.before() == null ? Long.MAX_VALUE : cursor.before();
      Long newest = cursor.commentsBefore();
      List<Comment> below =
          new ArrayList<>(
              comments.subList(0, newest == null ? comments.size() : newest.intValue() - 1));
      Collections.reverse(below);
      long first = ticket.revision();
      List<SequencedEvent> events =
          first < before && created != null
              ? List.of(new SequencedEvent(first, 0, created))
              : List.of();
      return new TicketDetails(
          "1",
          ticket,
          below.subList(0, Math.min(3, below.size())),
          get.history() ? events : null,
          below.size() > 3);
    }
  }

  private final OneTicket desk = new OneTicket();
  private long since;

  private static ImportRecord record(int comments, int length) {
    Ticket made = TicketMaker.ticket(7).title("Old printer").description("Long ago.").make();
    List<Comment> said =
        IntStream.range(0, comments)
            .mapToObj(i -> new Comment(0, THEN, BOB, i + " " + "x".repeat(length)))
            .toList();
    ImportTicket wanted =
        new ImportTicket("1", null, made.withRevision(0, 0).withCommentCount(said.size()), said);
    return new ImportRecord(1, wanted, null, List.of(), false, true);
  }

  private ImportResult done(ImportTask work) {
    return done(work, request -> true);
  }

  /** Has it done, as long as the connection lasts. */
  private ImportResult done(ImportTask work, Predicate<ClientMessage> connected) {
    for (ClientMessage next = work.first(); next != null; ) {
      if (!connected.test(next)) {
        work.failed(ScriptedTicketService.failure(ConnectionException.Kind.TIMEOUT, "away"));
        return work.result();
      }
      next = work.next(desk.answer(next));
    }
    return work.result();
  }

  private String tried(ImportRecord record) {
    return words(done(new ImportDryRun(record, 0)));
  }

  private String imported(ImportRecord record) {
    since = desk.revision;
    return words(done(new ImportJob(record, 0, since)));
  }

  private static String words(ImportResult result) {
    return result.outcome() + (result.renumbered() ? " renumbered" : "");
  }

  private void assertAllThere(ImportRecord record) {
    assertEquals(
        record.ticket().comments(),
        desk.comments.stream().map(comment -> comment.withId(0)).toList());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 10", "3, 10", "4, 10", "50, 10", "9, 60000"})
  void whatIsNotThereIsCreatedOnceWithAllItsComments(int comments, int length) {
    ImportRecord record = record(comments, length);
    assertEquals("CREATED", tried(record));
    assertEquals("CREATED", imported(record));
    assertAllThere(record);
    assertEquals("PRESENT", tried(record));
    assertEquals("PRESENT", imported(record));
    assertAllThere(record);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatWasInterruptedIsGoneOnWith(int requests) {
    ImportRecord record = record(9, 60_000);
    List<ClientMessage> sent = new ArrayList<>();
    ImportResult interrupted =
        done(
            new ImportJob(record, 0, since),
            request -> sent.add(request) && sent.size() <= requests);
    assertEquals(ImportTask.Outcome.FAILED, interrupted.outcome());
    assertTrue(desk.comments.size() < 9, "not all of it is there");
    assertEquals("CREATED", imported(record));
    assertAllThere(record);
    assertEquals("PRESENT", imported(record));
  }

  @Test
  void whatOthersSaidSinceIsNoObstacle() {
    ImportRecord record = record(5, 10);
    imported(record);
    desk.said("later");
    desk.ticket =
        desk.ticket.withContent(
            desk.ticket.content().patched(TicketPatch.of(TicketField.TITLE, "New title")));
    assertEquals("PRESENT", tried(record));
    assertEquals("PRESENT", imported(record));
    assertEquals(6, desk.comments.size());
  }

  @Test
  void whatOthersSaidInTheMiddleOfItIs() {
    ImportRecord record = record(9, 60_000);
    done(new ImportJob(record, 0, since), request -> request instanceof ImportTicket);
    desk.said("in between");
    since = desk.revision;
    ImportResult result = done(new ImportJob(record, 0, since));
    assertEquals(ImportTask.Outcome.FAILED, result.outcome());
    assertTrue(result.reason().getMessage().contains("half imported"));
  }

  @Test
  void anotherTicketOfTheSameIdIsLeftAlone() {
    imported(record(2, 10));
    ImportRecord other = record(3, 10);
    assertEquals("FAILED", tried(other));
    assertEquals("FAILED", imported(other));
    assertEquals(2, desk.comments.size());
  }

  @Test
  void whatNamesNoTimeIsThereWhenItsIdIs() {
    ImportRecord dated = record(0, 0);
    ImportRecord undated = new ImportRecord(1, dated.ticket(), null, List.of(), true, true);
    imported(dated);
    desk.created =
        new WireEvent.TicketCreated(
            THEN, BOB, desk.ticket.withUpdated(dated.ticket().ticket().created()), true);
    desk.ticket =
        new Ticket(
            new TicketId(new UUID(1, 1)),
            7,
            desk.ticket.content().patched(TicketPatch.of(TicketField.TITLE, "other")),
            desk.ticket.created(),
            desk.ticket.updated(),
            5,
            5,
            0,
            null);
    desk.created = new WireEvent.TicketCreated(THEN, BOB, desk.ticket, true);
    assertEquals("FAILED", imported(dated));
    assertEquals("PRESENT", imported(undated));
    assertEquals("PRESENT", tried(undated));
  }

  @Test
  void aTakenNumberIsTold() {
    desk.numberTaken = true;
    ImportRecord record = record(0, 0);
    assertEquals("CREATED renumbered", tried(record));
    assertEquals("CREATED renumbered", imported(record));
    assertEquals("PRESENT", imported(record));
  }

  private static ScriptedTicketService refusing(RejectionCode code) {
    return new ScriptedTicketService()
        .changing(
            change -> {
              throw ScriptedTicketService.refusal(code, "refused");
            });
  }

  private static BilletsRun.Result run(ScriptedTicketService desk, String input, String... words) {
    String[] line = new String[words.length + 2];
    line[0] = "import";
    line[1] = "-";
    System.arraycopy(words, 0, line, 2, words.length);
    return BilletsRun.at(desk).reading(input).run(line);
  }

  @Test
  void onlyAdminsImport() {
    ScriptedTicketService desk = SampleTickets.obliging().as(Role.AGENT);
    BilletsRun.Result result = run(desk, "");
    assertEquals(ExitStatus.DENIED, result.status());
    assertTrue(result.err().startsWith("billets: import needs the role admin"), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @Test
  void whoeverMayNotImportOneMayImportNone() {
    ScriptedTicketService desk = refusing(RejectionCode.FORBIDDEN);
    BilletsRun.Result result = run(desk, "title\na\nb\nc\n", "--format", "csv");
    assertEquals(ExitStatus.DENIED, result.status());
    assertEquals(1, desk.asked.size());
    assertTrue(result.err().endsWith("1 of 1 tickets failed; 2 tickets after it were not sent\n"));
  }

  @ParameterizedTest
  @CsvSource({"INVALID, USAGE", "READ_ONLY, UNAVAILABLE", "UNCERTAIN, TIMED_OUT"})
  void theFirstFailureDecidesHowItEnds(RejectionCode code, ExitStatus status) {
    BilletsRun.Result result =
        run(refusing(code), "title\na\n" + "x".repeat(201) + "\n", "--format", "csv");
    assertEquals(status, result.status(), result.err());
    assertEquals("0\t0\t2\t0\n", result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "'', jsonl",
    "'\n\n', jsonl",
    "'[]', gh",
    "'', csv",
    "'title\n', csv",
    "'', gh",
    "'', GH"
  })
  void nothingToImportIsNoMistake(String input, String format) {
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = run(desk, input.replace("\\n", "\n"), "--format", format);
    assertEquals(new BilletsRun.Result(0, "0\t0\t0\t0\n", ""), result);
  }

  @Test
  void aColumnThatIsLeftOutIsToldWithTheLineThatNamesIt() {
    BilletsRun.Result result =
        run(refusing(RejectionCode.INVALID), "title,colour\na,red\n", "--ignore-columns");
    assertTrue(
        result.err().startsWith("billets: line 1: the column 'colour' is left out"), result.err());
    assertTrue(result.err().contains("\nbillets: line 2: refused\n"), result.err());
  }

  @Test
  void anUnknownColumnIsRefusedAndNothingIsDone() {
    ScriptedTicketService desk = refusing(RejectionCode.INVALID);
    BilletsRun.Result result = run(desk, "title,state\na,x\n", "--format", "csv", "-o", "jsonl");
    assertEquals(ExitStatus.USAGE, result.status(), result.err());
    assertTrue(result.err().contains("--map 'state=status'"), result.err());
    assertTrue(
        result.err().lines().allMatch(line -> line.startsWith("{\"code\":\"INVALID\"")),
        result.err());
    assertEquals(0, desk.asked.stream().filter(ImportTicket.class::isInstance).count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --encoding latin9000       | 'latin9000' is no encoding: give one as in UTF-8
          --delimiter ;;             | ';;' cannot stand between cells
          --map State=state          | a ticket has no field 'state': did you mean status?
          --value State=closed       | 'State=closed' is no value: give COLUMN:FROM=TO
          --format gh --map A=tags   | --map, --value, --ignore-columns and --delimiter are about
          --format jsonl --delimiter ; | --map, --value, --ignore-columns and --delimiter are about
          """)
  void anOptionThatCannotBeIsAMistakeBeforeAnythingIsAsked(String options, String sentence) {
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = run(desk, "title\na\n", options.strip().split(" +"));
    assertEquals(ExitStatus.USAGE, result.status(), result.err());
    assertTrue(result.err().contains(sentence.strip()), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "gh"})
  void whatIsNoTextIsAMistake(String format) {
    byte[] latin = "[\"caf\u00e9\"]\n".getBytes(StandardCharsets.ISO_8859_1);
    BilletsRun.Result result =
        BilletsRun.at(new ScriptedTicketService())
            .reading(latin)
            .run("import", "-", "--format", format);
    assertEquals(ExitStatus.USAGE, result.status(), result.err());
    assertTrue(result.err().startsWith("billets: line 1: "), result.err());
  }

  /** As with /dev/stdin and {@code <(…)}, which cannot be asked for a position. */
  @ParameterizedTest
  @CsvSource({
    "'[]', 0\t0\t0\t0",
    "'[{\"number\":1}, 5]', 0\t0\t2\t0",
    "'{}\n{}', 0\t0\t2\t0",
  })
  void aPipeIsReadAsAFile(String text, String counts, @TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process writer =
        new ProcessBuilder("sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", text, pipe.toString())
            .start();
    BilletsRun.Result result =
        BilletsRun.at(new ScriptedTicketService()).run("import", pipe.toString());
    assertEquals(0, writer.waitFor());
    assertEquals(counts + "\n", result.out(), result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "'[', this is not JSON",
    "' \n [', this is not JSON",
    "'{', this is not one JSON object",
    "title, this is no JSON: if it is a table",
  })
  void theFormatIsSeenInTheFirstCharacter(String begin, String expected) {
    BilletsRun.Result result = run(new ScriptedTicketService(), begin.replace("\\n", "\n"));
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains(expected), result.err());
  }
}
