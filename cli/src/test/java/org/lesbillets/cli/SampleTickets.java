package org.lesbillets.cli;

import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Priority;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Tickets and events that show what output has to cope with, and desks that tell of them. */
public final class SampleTickets {
  private static final AgentName ALICE = new AgentName("alice");
  private static final AgentName BOB = new AgentName("bob");

  /** An ordinary ticket under lock. */
  public static final Ticket PRINTER =
      ticket(17)
          .title("Printer on fire")
          .description(
              "Third floor.\n\nIt smells of burnt plastic, and the display says \"PC LOAD"
                  + " LETTER\", whatever that may mean to those who know.")
          .priority(Priority.URGENT)
          .assignee("bob")
          .requester("Mme Dupont")
          .reference("https://example.org/mail/4711")
          .tags("printer", "3rd floor")
          .make()
          .withLock(
              new TicketLock(
                  ALICE,
                  91,
                  NOW.plusSeconds(7000),
                  Duration.ofMinutes(15),
                  Duration.ofSeconds(800),
                  "calling customer",
                  "cli",
                  2))
          .withRevision(93, 90)
          .withCommentCount(2);

  /** Wide characters, combining ones and emoji. */
  private static final Ticket WIDE =
      ticket(18)
          .title("打印机着火了 cafe\u0301 👩\u200d💻 🔥🇫🇷 — please look at it before the night is over")
          .priority(Priority.HIGH)
          .updated("bob", Duration.ofDays(3))
          .make();

  /** A title that would play tricks on a terminal. */
  private static final Ticket EVIL =
      ticket(1234)
          .title("red \u001b[31malert\u0007 \u009b2J \u202efdp.exe \u200bhidden\ttab\\n")
          .assignee("a-rather-long-name.of-an-agent")
          .closed()
          .make();

  public static final List<Ticket> TICKETS = List.of(PRINTER, WIDE, EVIL);

  private SampleTickets() {}

  static SequencedEvent event(long revision, WireEvent event) {
    return new SequencedEvent(revision, revision - 1, event);
  }

  private static Instant at(int minute) {
    return NOW.plusSeconds(60L * minute);
  }

  private static Ticket told(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  /** The story of {@link #PRINTER}, one event of each kind. */
  static List<SequencedEvent> history() {
    Ticket free = told(PRINTER.withLock(null));
    List<FieldChange> changes =
        List.of(
            new FieldChange.Replaced(TicketField.TITLE, "Printer", "Printer on fire"),
            new FieldChange.Rewritten(),
            new FieldChange.Replaced(TicketField.ASSIGNEE, null, "bob"),
            new FieldChange.Retagged(List.of("floor"), List.of("printer", "3rd floor")));
    return List.of(
        event(17, new WireEvent.TicketCreated(at(0), ALICE, PRINTER.withLock(null), false)),
        event(88, new WireEvent.TicketUpdated(at(1), BOB, PRINTER.withLock(null), changes, true)),
        event(91, locked(false)),
        event(92, locked(true)),
        event(93, new WireEvent.TicketCommented(at(5), BOB, told(PRINTER), comments().get(1))),
        event(94, unlocked(null, UnlockReason.EXPIRED, free)),
        event(95, unlocked(BOB, UnlockReason.FORCED, free)),
        event(96, status(PRINTER, TicketStatus.CLOSED)),
        event(97, new WireEvent.UnknownEvent("TicketPainted", at(9), BOB, free)),
        event(98, new WireEvent.TicketLocked(at(10), ALICE, told(PRINTER), false, true)),
        event(99, stolen("she is on holiday", BOB)),
        event(100, stolen(null, ALICE)));
  }

  private static WireEvent stolen(String reason, AgentName by) {
    return new WireEvent.TicketLocked(
        at(11), by, told(PRINTER), false, false, ALICE, reason, false);
  }

  private static WireEvent locked(boolean renewed) {
    return new WireEvent.TicketLocked(at(3), ALICE, told(PRINTER), renewed, false);
  }

  private static WireEvent unlocked(AgentName by, UnlockReason reason, Ticket free) {
    String note = reason == UnlockReason.FORCED ? "she is on holiday" : null;
    return new WireEvent.TicketUnlocked(at(6), by, free, reason, note, PRINTER.lock());
  }

  private static WireEvent status(Ticket ticket, TicketStatus status) {
    TicketStatus before = status == TicketStatus.OPEN ? TicketStatus.CLOSED : TicketStatus.OPEN;
    return new WireEvent.TicketUpdated(
        at(8),
        ALICE,
        ticket
            .withLock(null)
            .withContent(ticket.content().patched(TicketPatch.of(TicketField.STATUS, status))),
        List.of(new FieldChange.Replaced(TicketField.STATUS, before.wireName(), status.wireName())),
        ticket.isLocked());
  }

  static List<Comment> comments() {
    return List.of(
        new Comment(40, at(2), ALICE, "Called back, no answer."),
        new Comment(93, at(5), BOB, "Two lines:\n\tthe \u001b[2Jsecond one"));
  }

  public static ScriptedTicketService details() {
    return new ScriptedTicketService()
        .telling(new TicketDetails("1", PRINTER, reversed(comments()), reversed(history()), false));
  }

  static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  public static ScriptedTicketService list() {
    return new ScriptedTicketService().holding(TICKETS.size(), TICKETS.toArray(Ticket[]::new));
  }

  /** Has no ticket at all. */
  static ScriptedTicketService missing() {
    return new ScriptedTicketService()
        .failing(ScriptedTicketService.refusal(RejectionCode.NOT_FOUND, "there is no ticket 404"));
  }

  /** Of a server that cannot be reached. */
  static ScriptedTicketService away() {
    return new ScriptedTicketService()
        .failing(
            ScriptedTicketService.failure(
                ConnectionException.Kind.UNREACHABLE, "ws://a:1/tickets cannot be reached"));
  }

  /** Does what it is asked, to {@link #PRINTER}; 404 does not exist. */
  public static ScriptedTicketService obliging() {
    return new ScriptedTicketService().changing(SampleTickets::done);
  }

  /** What comes of a change of {@link #PRINTER}. */
  public static EventMessage done(ClientMessage.Change change) {
    return EventMessage.answer(event(98, change.accept(new AcceptAllServer())), "1");
  }

  /** As {@link #obliging}, and tells of {@link #PRINTER} too. */
  public static ScriptedTicketService editable() {
    return obliging().telling(new TicketDetails("1", PRINTER, List.of(), null, false));
  }

  /** As {@link #editable}, but a change comes too late. */
  public static ScriptedTicketService stolen() {
    return editable()
        .changing(
            change -> {
              if (change instanceof ClientMessage.UpdateTicket) {
                throw ScriptedTicketService.refusal(
                    RejectionCode.STALE_TOKEN,
                    "the lock with token 91 is lost: bob took it 3 min ago (\"she is on"
                        + " holiday\")");
              }
              return EventMessage.answer(event(98, change.accept(new AcceptAllServer())), "1");
            });
  }

  /** Has {@link #PRINTER} under every id and number, whatever is asked. */
  static ScriptedTicketService importable() {
    return new ScriptedTicketService()
        .telling(new TicketDetails("1", PRINTER, List.of(), reversed(history()), false));
  }

  /** Has two tickets, of which the first page of comments is not the last. */
  static ScriptedTicketService exportable() {
    List<Comment> comments = comments();
    return new ScriptedTicketService()
        .holding(2, PRINTER, WIDE)
        .telling(
            new TicketDetails("1", PRINTER, List.of(comments.get(1)), null, true),
            new TicketDetails("1", PRINTER, List.of(comments.get(0)), null, false),
            new TicketDetails("1", WIDE, List.of(), null, false));
  }

  /** As {@link #obliging}, and tells that {@link #PRINTER} is locked. */
  public static ScriptedTicketService held() {
    return obliging().telling(new TicketDetails("1", PRINTER, List.of(), null, false));
  }

  /** Twelve are open, two of them one's own to do, and two are locked by oneself. */
  public static ScriptedTicketService standing() {
    return new ScriptedTicketService()
        .finding(
            selection ->
                switch (selection.query().text()) {
                  case "status:open" -> ScriptedTicketService.snapshot(12, PRINTER);
                  case "status:open assignee:me" -> ScriptedTicketService.snapshot(2, PRINTER);
                  default -> ScriptedTicketService.snapshot(2, PRINTER, endingSoon());
                });
  }

  private static Ticket endingSoon() {
    TicketLock lock = PRINTER.lock();
    Duration left = Duration.ofSeconds(42);
    return PRINTER
        .withNumber(18)
        .withLock(
            new TicketLock(
                ALICE, lock.token(), lock.since(), lock.ttl(), left, null, lock.client(), 0));
  }

  /** As {@link #obliging}, with two locks of one's own; one cannot be released. */
  static ScriptedTicketService mine() {
    return obliging().holding(3, PRINTER.withNumber(404), PRINTER, PRINTER.withNumber(18));
  }

  /** Watches the whole story, with a gap and a loss of connection in it. */
  public static ScriptedTicketService story() {
    return new ScriptedTicketService().watching(SampleTickets::tell);
  }

  /** As {@link #story}, of a watch with a query that the ticket matches while it is open. */
  public static ScriptedTicketService queriedStory() {
    return new ScriptedTicketService()
        .watching(
            visitor -> {
              for (SequencedEvent event : history().subList(0, 9)) {
                visitor.event(new EventMessage(event, null, false, match(event.revision())));
              }
            });
  }

  /** Watches a ticket come in from elsewhere. */
  static ScriptedTicketService importing() {
    WireEvent imported = new WireEvent.TicketCreated(at(0), ALICE, PRINTER.withLock(null), true);
    return new ScriptedTicketService()
        .watching(visitor -> visitor.event(EventMessage.pushed(event(101, imported))));
  }

  /** A claim whose lease ran out goes back to the pool. */
  static ScriptedTicketService returning() {
    Ticket claimable = PRINTER.withLock(null).withAttempts(1);
    TicketLock ended = PRINTER.lock().withKind(LockKind.RETURNING_CLAIM);
    WireEvent returned =
        new WireEvent.TicketUnlocked(
            at(0), null, claimable, UnlockReason.EXPIRED, null, ended, true);
    return new ScriptedTicketService()
        .watching(visitor -> visitor.event(EventMessage.pushed(event(101, returned))));
  }

  /** A server with two sessions, one of them far behind. */
  static ScriptedTicketService administered() {
    AdminAnswer.Sessions sessions =
        new AdminAnswer.Sessions(
            "1",
            List.of(
                session("s4", "alice", Role.ADMIN, 0), session("s17", "bob", Role.AGENT, 70_000)));
    return new ScriptedTicketService()
        .administering(
            message -> {
              if (message instanceof AdminMessage.KickSession kick
                  && kick.session().equals("s404")) {
                throw ScriptedTicketService.refusal(
                    RejectionCode.NOT_FOUND, "There is no session s404: list the sessions.");
              }
              return message instanceof AdminMessage.ListSessions
                  ? sessions
                  : new ServerMessage.Pong("1", 91);
            });
  }

  private static AdminAnswer.Session session(String id, String agent, Role role, long behind) {
    return new AdminAnswer.Session(
        id, new AgentName(agent), role, "127.0.0.1:5123" + id.length(), at(90), behind);
  }

  /** A watch that begins with two tickets, and a commentary on one of them. */
  static ScriptedTicketService beginning() {
    ResumePoint at = new ResumePoint("j-1", 92);
    return new ScriptedTicketService()
        .watching(
            visitor -> {
              visitor.part(new SnapshotPart(List.of(PRINTER), at, 2, false, true, false));
              visitor.part(new SnapshotPart(List.of(WIDE), at, 2, false, false, true));
              visitor.position(at);
              visitor.event(EventMessage.pushed(history().get(4)));
            });
  }

  /** A ticket that time alone has enter what is asked for, and leave it. */
  static ScriptedTicketService ageing() {
    return new ScriptedTicketService()
        .watching(
            visitor -> {
              visitor.match(new TicketMatch(at(120), PRINTER, Match.ENTERED, 92));
              visitor.match(new TicketMatch(at(180), PRINTER, Match.LEFT, 92));
            });
  }

  private static Match match(long revision) {
    return revision == 17 ? Match.ENTERED : revision == 96 ? Match.LEFT : Match.STAYS;
  }

  static void tell(WatchVisitor visitor) {
    ServerAddress server = ServerAddress.parseAll("localhost").get(0);
    visitor.state(new ConnectionState.Live(server));
    boolean more = true;
    for (SequencedEvent event : history()) {
      more = more && visitor.event(EventMessage.pushed(event));
      if (event.revision() == 93) {
        visitor.state(
            new ConnectionState.Reconnecting(1, Duration.ofMillis(200), "the server went away"));
        visitor.state(
            new ConnectionState.Reconnecting(2, Duration.ofMillis(400), "the server went away"));
        visitor.state(new ConnectionState.Live(server));
        visitor.resync(new ResumePoint("j-2", 93));
      }
    }
  }
}
