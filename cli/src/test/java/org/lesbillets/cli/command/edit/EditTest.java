package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.SampleTickets.PRINTER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** The whole of an edit: a real editor, real drafts, and a desk that says what it is told to. */
class EditTest {
  private static final String RETITLE = "sed -i 's/^title: .*/title: New/'";
  private static final TicketPatch RETITLED = TicketPatch.of(TicketField.TITLE, "New");

  @TempDir Path state;
  private final Deque<RuntimeException> refusals = new ArrayDeque<>();
  private final ScriptedTicketService desk = telling(PRINTER);
  private boolean terminal;

  private ScriptedTicketService telling(Ticket... tickets) {
    ScriptedTicketService obliging = SampleTickets.obliging().telling(pages(tickets));
    return new ScriptedTicketService().telling(pages(tickets)).changing(c -> answered(obliging, c));
  }

  private static TicketDetails[] pages(Ticket... tickets) {
    return Arrays.stream(tickets)
        .map(t -> new TicketDetails("1", t, List.of(), null, false))
        .toArray(TicketDetails[]::new);
  }

  private EventMessage answered(ScriptedTicketService obliging, ClientMessage.Change change) {
    if (change instanceof UpdateTicket && !refusals.isEmpty()) {
      throw refusals.poll();
    }
    ClientMessage.Change known =
        change instanceof UpdateTicket u
            ? new UpdateTicket(
                null, null, TicketRef.of(17), u.changes(), u.token(), u.ifRevision(), u.unlock())
            : change;
    return obliging.change(known);
  }

  private BilletsRun.Result run(ScriptedTicketService at, String editor, String... args) {
    BilletsRun run = BilletsRun.at(at).with("XDG_STATE_HOME", state.toString());
    if (terminal) {
      run.terminal(80);
    }
    return run.with("EDITOR", editor).run(args);
  }

  private BilletsRun.Result edit(String editor) {
    return run(desk, editor, "edit", "17");
  }

  private List<Path> drafts() throws IOException {
    Path folder = state.resolve("billets").resolve("drafts");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private Path draft() throws IOException {
    assertEquals(1, drafts().size(), "one draft is kept");
    return drafts().get(0);
  }

  private <T> List<T> asked(Class<T> kind) {
    return desk.asked.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** A script that breaks the draft at first and, told why, does {@code then}. */
  private String clumsy(String then) throws IOException {
    Path script = state.resolve("clumsy");
    Files.writeString(
        script,
        "if grep -q '^#! ' \"$1\"; then cp \"$1\" "
            + state.resolve("seen")
            + "; "
            + then
            + "; else sed -i 's/^status: .*/status: opn/' \"$1\"; fi\n");
    return "sh " + script;
  }

  private void keptAfter(BilletsRun.Result result, ExitStatus status, String sentence)
      throws IOException {
    assertEquals(status, result.status(), result.err());
    assertTrue(result.err().startsWith("billets: " + sentence), result.err());
    assertTrue(
        result
            .err()
            .endsWith(
                "\nThe draft is kept: "
                    + draft()
                    + "\nTo go on with it: billets edit 17 --recover\n"),
        result.err());
    assertEquals(0, desk.keptNow, "nothing is kept any more");
    assertTrue(desk.closed);
  }

  @Test
  void whatChangedIsSentUnderTheLock() throws Exception {
    BilletsRun.Result result = edit(RETITLE);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    LockTicket lock = asked(LockTicket.class).get(0);
    assertEquals("30000 editing edit", lock.terms().ttl().toMillis() + " " + words(lock));
    UpdateTicket update = asked(UpdateTicket.class).get(0);
    assertEquals(TicketRef.of(PRINTER.id()), update.ticket());
    assertEquals(RETITLED, update.changes());
    assertEquals(List.of(91L, 90L, true), List.of(update.token(), update.ifRevision(), true));
    assertTrue(update.unlock());
    assertEquals(List.of("kept 17/91", "closed"), desk.lease);
    assertEquals(List.of(), drafts());
    assertEquals(1, desk.kept.size());
    assertEquals(0, desk.keptNow);
  }

  private static String words(LockTicket lock) {
    return lock.terms().note() + " " + lock.terms().client();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          touch                  | Nothing was changed: #17 stays as it is.
          : >                    | The file is empty: #17 stays as it is.
          rm                     | The file is empty: #17 stays as it is.
          sed -i /^[^#]/d        | The file is empty: #17 stays as it is.
          sed -i '/^tags/s/: .*/: "3rd floor",printer/' | Nothing was changed: #17 stays as it is.
          """)
  void nothingChangedIsNothingSent(String editor, String sentence) throws Exception {
    BilletsRun.Result result = edit(editor);
    assertEquals(new BilletsRun.Result(0, "", sentence + "\n"), result);
    assertEquals(0, asked(UpdateTicket.class).size());
    assertEquals(List.of("kept 17/91", "released"), desk.lease);
    assertEquals(List.of(), drafts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void scriptsGetTheTicketWithoutTheLockThatWasReleased(boolean answering) {
    Ticket after = PRINTER.withLock(null).withRevision(99, 90);
    ScriptedTicketService leaving =
        telling(PRINTER, after)
            .releasing(
                there -> {
                  if (!answering) {
                    there.failing(
                        ScriptedTicketService.failure(
                            ConnectionException.Kind.UNREACHABLE, "gone"));
                  }
                });
    BilletsRun.Result result = run(leaving, "touch", "edit", "17", "-o", "jsonl");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertFalse(result.out().contains("token"), result.out());
    assertTrue(
        result.out().contains("\"revision\":" + (answering ? 99 : PRINTER.revision()) + ","),
        result.out());
    assertEquals(List.of("kept 17/91", "released"), leaving.lease);
  }

  @Test
  void aLockThatIsNotReleasedIsSpokenOf() {
    ScriptedTicketService silent = telling(PRINTER).notReleasing();
    BilletsRun.Result result = run(silent, "touch", "edit", "17");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    String said =
        "The lock on ticket 17 was not released, since the server did not answer: it ends by itself"
            + " within 30 s.\n";
    assertTrue(result.err().startsWith(said), result.err());
  }

  @Test
  void aFailingEditorSendsNothing() throws Exception {
    BilletsRun.Result result = edit(RETITLE + " \"$1\"; exit 3 #");
    keptAfter(result, ExitStatus.FAILED, "the editor (sed");
    assertTrue(result.err().contains(" ended with status 3, so nothing was sent\n"));
    assertTrue(Files.readString(draft()).contains("\ntitle: New\n"));
    assertEquals(0, asked(UpdateTicket.class).size());
    assertEquals(List.of("kept 17/91", "released"), desk.lease);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "cat >/dev/null", "sh -c ': &' x"})
  void anEditorThatReturnsAtOnceMayGoOnElsewhere(String editor) throws Exception {
    BilletsRun.Result result = edit(editor);
    keptAfter(result, ExitStatus.FAILED, "the editor (" + editor + ") returned at once and wrote");
    assertTrue(result.err().contains("code --wait, gvim -f, subl -w\n"), result.err());
    assertEquals(0, asked(UpdateTicket.class).size());
    assertEquals(List.of("kept 17/91", "released"), desk.lease);
  }

  @Test
  void aRecoveredDraftIsNotSentUnseen() throws Exception {
    leaveADraft(RETITLE);
    BilletsRun.Result result = run(desk, "true", "edit", "17", "--recover");
    keptAfter(result, ExitStatus.FAILED, "the editor (true) returned at once and wrote nothing");
    assertEquals(0, asked(UpdateTicket.class).size());
  }

  @Test
  void whoLooksForTwoSecondsHasSeenIt() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Clock ticking =
        new Clock() {
          @Override
          public Instant instant() {
            return TicketMaker.NOW.plusSeconds(2L * looks.getAndIncrement());
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    BilletsRun.Result result =
        BilletsRun.at(desk)
            .with("XDG_STATE_HOME", state.toString())
            .with("EDITOR", "true")
            .clock(ticking)
            .run("edit", "17");
    assertEquals(
        new BilletsRun.Result(0, "", "Nothing was changed: #17 stays as it is.\n"), result);
    assertEquals(List.of(), drafts());
  }

  @Test
  void anEditorThatIsNoneIsNamed() throws Exception {
    BilletsRun.Result result = edit("/no/such/editor 2>/dev/null");
    keptAfter(result, ExitStatus.FAILED, "the editor (/no/such/editor 2>/dev/null) ended with");
    assertTrue(result.err().contains("; set VISUAL or EDITOR to a command that runs\n"));
  }

  @Test
  void aScriptIsToldWhatIsInvalid() throws Exception {
    BilletsRun.Result result = edit("sed -i 's/^status: .*/status: opn/'");
    keptAfter(result, ExitStatus.USAGE, "status: 'opn' is not one of open, closed");
    assertEquals(List.of("kept 17/91", "released"), desk.lease);
  }

  @Test
  void aPersonMendsWhatIsInvalid() throws Exception {
    terminal = true;
    BilletsRun.Result result = edit(clumsy("sed -i 's/^status: .*/status: closed/' \"$1\""));
    assertEquals(ExitStatus.OK, result.status(), result.err());
    String seen = Files.readString(state.resolve("seen"));
    assertTrue(seen.startsWith("#! status: 'opn' is not one of open, closed\n# Ticket #17"), seen);
    assertEquals(
        TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED),
        asked(UpdateTicket.class).get(0).changes());
    assertEquals(List.of(), drafts());
  }

  @Test
  void aPersonWhoMendsNothingHasEnough() throws Exception {
    terminal = true;
    BilletsRun.Result result = edit(clumsy("true"));
    keptAfter(result, ExitStatus.USAGE, "status: 'opn' is not one of open, closed");
  }

  @Test
  void whatTheServerFindsInvalidIsMendedToo() throws Exception {
    terminal = true;
    refusals.add(ScriptedTicketService.refusal(RejectionCode.INVALID, "the title is too good"));
    String counting = "echo x >> " + state.resolve("runs") + "; sed -i 's/^title: /title: X/'";
    BilletsRun.Result result = edit(counting);
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals("x\nx\n", Files.readString(state.resolve("runs")));
    assertEquals(
        "XXPrinter on fire", asked(UpdateTicket.class).get(1).changes().get(TicketField.TITLE));
  }

  @ParameterizedTest
  @CsvSource({
    "STALE_TOKEN, LOCK_LOST, 0",
    "NOT_LOCKED, LOCK_LOST, 0",
    "LOCKED, CONFLICT, 1",
    "FORBIDDEN, DENIED, 1",
    "READ_ONLY, UNAVAILABLE, 1",
    "NOT_FOUND, NOT_FOUND, 1",
    "INVALID, USAGE, 1"
  })
  void whatTheServerRefusesIsKept(RejectionCode code, ExitStatus status, int unlocks)
      throws Exception {
    refusals.add(ScriptedTicketService.refusal(code, "the server says no"));
    keptAfter(edit(RETITLE), status, "the server says no\n");
    assertTrue(Files.readString(draft()).contains("\ntitle: New\n"));
    assertEquals(List.of("kept 17/91", unlocks > 0 ? "released" : "closed"), desk.lease);
  }

  @ParameterizedTest
  @CsvSource({"UNREACHABLE, UNAVAILABLE", "TIMEOUT, TIMED_OUT", "LOST, TIMED_OUT"})
  void whatCouldNotBeSentIsKept(ConnectionException.Kind kind, ExitStatus status) throws Exception {
    refusals.add(ScriptedTicketService.failure(kind, "the server is away"));
    keptAfter(edit(RETITLE), status, "the server is away\n");
    assertEquals(List.of("kept 17/91", "closed"), desk.lease, "nobody is there to be asked");
  }

  @Test
  void scriptsHearOfTheDraftInJson() throws Exception {
    refusals.add(ScriptedTicketService.refusal(RejectionCode.STALE_TOKEN, "bob took it"));
    BilletsRun.Result result = run(desk, RETITLE, "edit", "17", "-o", "json");
    assertEquals(ExitStatus.LOCK_LOST, result.status());
    assertEquals(
        "{\"code\":\"STALE_TOKEN\",\"message\":\"bob took it; the draft is kept in "
            + draft()
            + "; go on with it by billets edit 17 --recover\",\"details\":{}}\n",
        result.err());
    assertEquals("", result.out());
  }

  private static Ticket moved(TicketPatch patch) {
    return PRINTER.withContent(PRINTER.content().patched(patch)).withRevision(97, 97);
  }

  @Test
  void aTicketThatMovedIsLeftAlone() throws Exception {
    ScriptedTicketService moving =
        telling(PRINTER, moved(TicketPatch.of(TicketField.TITLE, "Theirs")));
    refusals.add(ScriptedTicketService.refusal(RejectionCode.STALE_REVISION, "it was changed"));
    BilletsRun.Result result = run(moving, RETITLE, "edit", "17");
    assertEquals(ExitStatus.CONFLICT, result.status());
    assertTrue(result.err().contains("\nThe draft is kept: " + draft() + "\n"), result.err());
    assertEquals(1, moving.asked.stream().filter(UpdateTicket.class::isInstance).count());
  }

  @Test
  void tagsOfOthersAreInNobodysWay() throws Exception {
    ScriptedTicketService moving =
        telling(PRINTER, moved(TicketPatch.NOTHING.withTags(List.of("new"), List.of("printer"))));
    refusals.add(ScriptedTicketService.refusal(RejectionCode.STALE_REVISION, "it was changed"));
    BilletsRun.Result result = run(moving, RETITLE, "edit", "17");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(
        List.of(90L, 97L),
        moving.asked.stream()
            .filter(UpdateTicket.class::isInstance)
            .map(u -> ((UpdateTicket) u).ifRevision())
            .toList());
  }

  @Test
  void aLockInHandIsUsedAndNotReleased() throws Exception {
    ScriptedTicketService held = telling(PRINTER);
    BilletsRun run =
        BilletsRun.at(held)
            .with("XDG_STATE_HOME", state.toString())
            .with("BILLETS_TICKET", "17")
            .with("BILLETS_LOCK_TOKEN", "91");
    assertEquals(ExitStatus.OK, run.with("VISUAL", RETITLE).run("edit", "17").status());
    assertEquals(ExitStatus.OK, run.with("VISUAL", "touch").run("edit", "17").status());
    List<Object> changes =
        held.asked.stream().filter(ClientMessage.Change.class::isInstance).toList();
    assertEquals(1, changes.size(), changes.toString());
    assertEquals(91, ((UpdateTicket) changes.get(0)).token());
    assertFalse(((UpdateTicket) changes.get(0)).unlock());
    assertEquals(0, held.kept.size());
  }

  @ParameterizedTest
  @CsvSource({"alice, cli, true", "alice, edit, false", "bob, cli, false"})
  void whoTookItByHandHearsHowToEditAllTheSame(String holder, String client, boolean advice)
      throws Exception {
    RejectionDetails details =
        RejectionDetails.lock(
            new TicketLock(
                new AgentName(holder),
                88,
                PRINTER.lock().since(),
                PRINTER.lock().ttl(),
                PRINTER.lock().ttl(),
                null,
                client,
                0));
    ScriptedTicketService locked =
        new ScriptedTicketService()
            .changing(
                change -> {
                  throw new RejectedException(
                      new Rejected("1", RejectionCode.LOCKED, "it is locked.", details));
                });
    BilletsRun.Result result = run(locked, RETITLE, "edit", "17");
    assertEquals(ExitStatus.CONFLICT, result.status());
    assertEquals(
        advice
            ? "billets: it is locked; to edit under that lock: BILLETS_TICKET=17"
                + " BILLETS_LOCK_TOKEN=88 billets edit 17\n"
            : "billets: it is locked.\n",
        result.err());
    assertEquals(List.of(), drafts());
  }

  @Test
  void withoutATerminalThereHasToBeAnEditor() {
    BilletsRun.Result result = BilletsRun.at(desk).run("edit", "17");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: there is no terminal to edit on"), result.err());
    assertEquals(0, desk.asked.size());
  }

  /** Runs an edit whose lease is lost while the editor runs, which ends when that was heard. */
  private ScriptedTicketService losing(LockLostReason.Kind kind) throws IOException {
    Path heard = state.resolve("heard");
    AtomicBoolean told = new AtomicBoolean();
    ScriptedTicketService losing =
        telling(PRINTER)
            .keeping(
                listener -> {
                  if (!told.getAndSet(true)) {
                    listener.lost(new LockLostReason(kind, null, null, null, "gone"));
                    create(heard);
                  }
                });
    String editor = "while [ ! -e " + heard + " ]; do sleep 0.05; done; " + RETITLE;
    assertEquals(ExitStatus.OK, run(losing, editor, "edit", "17").status());
    assertEquals("closed", losing.lease.get(losing.lease.size() - 1));
    return losing;
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLeaseIsKeptOnWhenTheServerWasAwayForLong() throws Exception {
    ScriptedTicketService away = losing(LockLostReason.Kind.AWAY);
    assertEquals(2, away.kept.size());
    assertEquals(away.kept.get(0).token(), away.kept.get(1).token());
    assertEquals(away.kept.get(1).ttl(), away.kept.get(1).left());
  }

  @Test
  void aLeaseSomebodyTookIsNotKeptOn() throws Exception {
    assertEquals(1, losing(LockLostReason.Kind.TAKEN).kept.size());
  }

  @Test
  void withoutADraftThereIsNothingToRecover() throws Exception {
    BilletsRun.Result result = run(desk, RETITLE, "edit", "17", "--recover");
    assertEquals(ExitStatus.NOT_FOUND, result.status());
    assertEquals(
        "billets: there is no draft of #17 to go on with: billets edit 17 begins one\n",
        result.err());
    assertEquals(0, asked(LockTicket.class).size());
  }

  private void leaveADraft(String editor) throws IOException {
    ScriptedTicketService before = telling(PRINTER);
    run(before, editor + " \"$1\"; exit 1 #", "edit", "17");
    draft();
  }

  @Test
  void aDraftIsGoneOnWith() throws Exception {
    leaveADraft(RETITLE);
    BilletsRun.Result result = run(desk, "touch", "edit", "17", "--recover");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(RETITLED, asked(UpdateTicket.class).get(0).changes());
    assertEquals(List.of(), drafts());
  }

  @Test
  void aDraftWhoseTicketMovedIsShownWithBothSides() throws Exception {
    leaveADraft("sed -i -e 's/^title: .*/title: Mine/' -e 's/^Third floor/Fourth floor/'");
    TicketContent theirs =
        PRINTER
            .content()
            .patched(TicketPatch.of(TicketField.TITLE, "Theirs"))
            .patched(TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED))
            .withDescription(PRINTER.content().description() + "\nMore.");
    Ticket moved = PRINTER.withContent(theirs).withRevision(97, 97);
    ScriptedTicketService now = telling(moved);
    String look = "cp \"$1\" " + state.resolve("seen") + "; touch";
    BilletsRun.Result result = run(now, look, "edit", "17", "--recover");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    String seen = Files.readString(state.resolve("seen"));
    assertTrue(
        seen.contains("# The ticket was changed since this draft was begun, at revision 90"));
    assertTrue(
        seen.contains(
            "\n# changed on both sides\n#   before: Printer on fire\n#   theirs: Theirs\n"
                + "#   yours:  Mine\ntitle: Mine\n"),
        seen);
    assertTrue(seen.contains("\n#   before: open\n#   theirs: closed\nstatus: closed\n"), seen);
    UpdateTicket update =
        (UpdateTicket) now.asked.stream().filter(UpdateTicket.class::isInstance).toList().get(0);
    assertEquals(97, update.ifRevision());
    assertEquals("Mine", update.changes().get(TicketField.TITLE));
    assertEquals(null, update.changes().get(TicketField.STATUS));
    assertTrue(
        update.changes().get(TicketField.DESCRIPTION).startsWith("Fourth floor.\n\nIt smells"));
    assertTrue(update.changes().get(TicketField.DESCRIPTION).endsWith("\nMore."));
  }

  @Test
  void aConflictHasToBeResolved() throws Exception {
    leaveADraft("sed -i 's/^Third floor/Fourth floor/'");
    TicketContent theirs = PRINTER.content().withDescription("Fifth floor.");
    ScriptedTicketService now = telling(PRINTER.withContent(theirs).withRevision(97, 97));
    BilletsRun.Result result = run(now, "true", "edit", "17", "--recover");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: the description still has the line '<<<<<<< "));
    assertTrue(Files.readString(draft()).contains("\n<<<<<<< yours\nFourth floor.\n"));
  }

  @Test
  void aDraftThatCannotBeReadIsMendedFirst() throws Exception {
    leaveADraft("sed -i -e 's/^status: .*/status: opn/' -e 's/^title: .*/title: New/'");
    String mend = "cp \"$1\" " + state.resolve("seen") + "; sed -i 's/: opn/: open/'";
    BilletsRun.Result result = run(desk, mend, "edit", "17", "--recover");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertTrue(Files.readString(state.resolve("seen")).startsWith("#! status: 'opn'"));
    assertEquals(RETITLED, asked(UpdateTicket.class).get(0).changes());
  }

  @Test
  void aDraftThatWasSentFromElsewhereMeanwhileIsKeptAllTheSame() throws Exception {
    // As --recover in another terminal does, while the editor here has the text in its memory.
    refusals.add(ScriptedTicketService.refusal(RejectionCode.STALE_TOKEN, "it was broken"));
    BilletsRun.Result result = edit("rm \"$(dirname \"$1\")\"/*.base; " + RETITLE);
    keptAfter(result, ExitStatus.LOCK_LOST, "it was broken\n");
    BilletsRun.Result again = run(desk, "touch", "edit", "17", "--recover");
    assertEquals(ExitStatus.OK, again.status(), again.err());
    assertEquals(RETITLED, asked(UpdateTicket.class).get(1).changes());
  }

  @Test
  void anEarlierDraftIsNotForgotten() throws Exception {
    leaveADraft(RETITLE);
    Path earlier = draft();
    String look = "cp \"$1\" " + state.resolve("seen") + "; touch";
    edit(look);
    assertTrue(
        Files.readString(state.resolve("seen"))
            .contains("# An earlier draft of this ticket is kept: " + earlier + "\n"));
    assertEquals(earlier, draft());
  }
}
