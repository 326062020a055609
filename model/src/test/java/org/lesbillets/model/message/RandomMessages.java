package org.lesbillets.model.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.RandomEvents;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.MessageCodec;

/** Makes messages of every kind, all within the limits. The same seed makes the same ones. */
public final class RandomMessages {
  private static final String[] QUERIES = {
    "", "status:open", "assignee:none priority:>=high", "\"on fire\" not:tag:vpn", "age:>2h"
  };

  private final Random random;
  private final RandomTickets tickets;
  private final RandomEvents events;
  private final List<Supplier<ClientMessage>> clientKinds =
      List.of(
          this::getTickets,
          this::getTicket,
          this::createTicket,
          this::lockTicket,
          () -> new ClientMessage.CancelWait(requestId(), requestId()),
          this::claimTicket,
          this::updateTicket,
          this::commentTicket,
          this::raiseTicket,
          this::unlockTicket,
          this::importTicket,
          this::importComment,
          this::redactTicket,
          () -> new AdminMessage.ListSessions(requestId()),
          this::kickSession,
          this::drain,
          () -> new ClientMessage.Ping(requestId()));
  private final List<Supplier<ServerMessage>> serverKinds =
      List.of(
          this::welcome,
          this::allTickets,
          () -> new ServerMessage.Resumed(requestId(), journalId(), revision()),
          this::ticketDetails,
          this::event,
          this::position,
          this::ticketMatch,
          this::draining,
          this::sessions,
          () -> new ServerMessage.Pong(requestId(), revision()),
          this::rejected);

  public RandomMessages(long seed) {
    this(new Random(seed));
  }

  public RandomMessages(Random random) {
    this.random = random;
    this.tickets = new RandomTickets(random);
    this.events = new RandomEvents(random);
  }

  /** Any request. */
  public ClientMessage client() {
    return clientKinds.get(random.nextInt(clientKinds.size())).get();
  }

  /** Any message of a server of this version. */
  public ServerMessage server() {
    return serverKinds.get(random.nextInt(serverKinds.size())).get();
  }

  public String requestId() {
    return tickets.oneIn(10) ? "é".repeat(64) : Integer.toString(random.nextInt(1_000_000));
  }

  private int number(int bound) {
    return random.nextInt(bound);
  }

  private long revision() {
    return tickets.oneIn(10) ? (1L << 53) - 1 : number(1_000_000);
  }

  private String journalId() {
    return "j" + number(1000);
  }

  private UUID operation() {
    return tickets.perhaps(tickets::uuid);
  }

  private TicketRef ref() {
    return switch (random.nextInt(4)) {
      case 3 -> new TicketRef.ByKey(tickets.key());
      case 0 -> TicketRef.of(1 + number(100_000));
      case 1 -> TicketRef.of(tickets.id());
      default -> new TicketRef.ByPrefix("a" + tickets.id().toString().substring(1, 7));
    };
  }

  private TicketQuery query() {
    try {
      return TicketQuery.parse(tickets.pick(QUERIES));
    } catch (QuerySyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private TicketOrder order() {
    return new TicketOrder(tickets.pick(TicketOrder.Field.values()), random.nextBoolean());
  }

  private LockTerms terms() {
    return new LockTerms(
        tickets.perhaps(tickets::ttl),
        tickets.perhaps(tickets::line),
        tickets.perhaps(() -> "tui"));
  }

  private LockBreak lockBreak() {
    return new LockBreak(revision(), tickets.perhaps(tickets::line));
  }

  private ClientMessage getTickets() {
    Boolean watch = tickets.perhaps(random::nextBoolean);
    return new ClientMessage.GetTickets(
        requestId(),
        tickets.perhaps(this::query),
        tickets.perhaps(this::order),
        tickets.perhaps(() -> 1 + number(1000)),
        watch,
        tickets.perhaps(
            () -> new ResumePoint(journalId(), revision(), tickets.perhaps(this::mark))),
        Boolean.TRUE.equals(watch) ? Projection.WHOLE : projection(),
        random.nextBoolean());
  }

  private Projection projection() {
    return switch (random.nextInt(4)) {
      case 0 -> Projection.COUNT;
      case 1 -> fields();
      default -> Projection.WHOLE;
    };
  }

  /** Some fields. */
  public Projection fields() {
    List<String> names = new ArrayList<>(Projection.NAMES);
    names.removeIf(name -> random.nextBoolean());
    return Projection.of(names);
  }

  private ClientMessage getTicket() {
    return new ClientMessage.GetTicket(
        requestId(),
        ref(),
        random.nextBoolean(),
        new DetailsCursor(tickets.perhaps(this::revision), tickets.perhaps(this::revision)),
        tickets.perhaps(() -> 1 + number(1000)),
        random.nextBoolean());
  }

  private ClientMessage createTicket() {
    return new ClientMessage.CreateTicket(requestId(), operation(), tickets.draft());
  }

  private LockWait lockWait() {
    return random.nextBoolean() ? LockWait.FOREVER : new LockWait(Duration.ofMillis(number(1_000)));
  }

  private ClientMessage lockTicket() {
    return new ClientMessage.LockTicket(
        requestId(),
        operation(),
        ref(),
        tickets.perhaps(this::revision),
        terms(),
        tickets.perhaps(this::lockWait),
        tickets.perhaps(this::lockBreak),
        tickets.perhaps(this::revision));
  }

  private ClientMessage claimTicket() {
    return new ClientMessage.ClaimTicket(
        requestId(),
        operation(),
        tickets.perhaps(this::query),
        tickets.perhaps(this::order),
        terms(),
        random.nextBoolean(),
        tickets.perhaps(this::lockWait));
  }

  private ClientMessage updateTicket() {
    return new ClientMessage.UpdateTicket(
        requestId(),
        operation(),
        ref(),
        tickets.patch(),
        tickets.perhaps(this::revision),
        tickets.perhaps(this::revision),
        random.nextBoolean());
  }

  private ClientMessage commentTicket() {
    return new ClientMessage.CommentTicket(requestId(), operation(), ref(), tickets.commentText());
  }

  private ClientMessage raiseTicket() {
    return new ClientMessage.RaiseTicket(
        requestId(),
        operation(),
        tickets.key(),
        tickets.draft(),
        tickets.perhaps(tickets::commentText),
        tickets.perhaps(() -> Duration.ofMillis(number(1_000_000))));
  }

  private ClientMessage unlockTicket() {
    return new ClientMessage.UnlockTicket(
        requestId(),
        operation(),
        ref(),
        tickets.perhaps(this::revision),
        tickets.perhaps(this::lockBreak),
        tickets.perhaps(this::giveBack));
  }

  private GiveBack giveBack() {
    return new GiveBack(
        random.nextBoolean(), tickets.perhaps(() -> Duration.ofMillis(number(1_000_000))));
  }

  private ClientMessage importTicket() {
    List<Comment> comments = tickets.comments(number(4));
    Ticket ticket =
        tickets.ticket().withRevision(0, 0).withLock(null).withCommentCount(comments.size());
    return new ClientMessage.ImportTicket(requestId(), operation(), ticket, comments);
  }

  private ClientMessage importComment() {
    return new ClientMessage.ImportComment(
        requestId(), operation(), ref(), tickets.comments(1).get(0), revision());
  }

  private ClientMessage redactTicket() {
    return new ClientMessage.RedactTicket(
        requestId(), operation(), ref(), events.redaction(), tickets.perhaps(tickets::line));
  }

  private ClientMessage kickSession() {
    return new AdminMessage.KickSession(requestId(), requestId(), tickets.perhaps(tickets::line));
  }

  private ServerMessage draining() {
    return new ServerMessage.Draining(Duration.ofMillis(number(86_400_000)), random.nextBoolean());
  }

  private ClientMessage drain() {
    boolean cancel = random.nextBoolean();
    Duration after = cancel ? null : tickets.perhaps(() -> Duration.ofMillis(number(86_400_000)));
    return new AdminMessage.Drain(requestId(), after, cancel);
  }

  private ServerMessage sessions() {
    return new AdminAnswer.Sessions(
        requestId(),
        Stream.generate(
                () ->
                    new AdminAnswer.Session(
                        "s" + number(1_000),
                        tickets.agent(),
                        tickets.pick(Role.values()),
                        "127.0.0.1:" + number(65_536),
                        tickets.instant(),
                        revision()))
            .limit(number(4))
            .toList());
  }

  private ServerMessage position() {
    return new ServerMessage.Position(revision(), tickets.perhaps(tickets::instant));
  }

  private ServerMessage ticketMatch() {
    Match match = random.nextBoolean() ? Match.ENTERED : Match.LEFT;
    return new ServerMessage.TicketMatch(tickets.instant(), tickets.ticket(), match, revision());
  }

  private TimeMark mark() {
    return random.nextBoolean()
        ? TimeMark.after(tickets.instant())
        : new TimeMark(tickets.instant(), 1 + random.nextInt(1_000));
  }

  private ServerMessage welcome() {
    return new ServerMessage.Welcome(
        1,
        "les-billets 0.1.0",
        journalId(),
        revision(),
        tickets.agent(),
        tickets.pick(Role.values()),
        random.nextBoolean());
  }

  /** A ticket as a snapshot tells it. */
  private Ticket told() {
    Ticket ticket = tickets.ticket();
    return ticket.isLocked() ? ticket.withLock(told(ticket.lock())) : ticket;
  }

  private TicketLock told(TicketLock lock) {
    return lock.withRemaining(Duration.ofMillis(number((int) lock.ttl().toMillis())), number(5));
  }

  private ServerMessage allTickets() {
    List<Ticket> some = new ArrayList<>();
    for (int i = number(4); i > 0; i--) {
      some.add(told());
    }
    ServerMessage.AllTickets all =
        new ServerMessage.AllTickets(
            requestId(),
            some,
            revision(),
            journalId(),
            random.nextBoolean(),
            random.nextBoolean(),
            number(100_000));
    return MessageCodec.projected(all, random.nextBoolean() ? Projection.WHOLE : fields());
  }

  private ServerMessage ticketDetails() {
    return new ServerMessage.TicketDetails(
        requestId(),
        told(),
        tickets.comments(number(3)),
        tickets.perhaps(() -> List.of(events.placed(), events.placed())),
        random.nextBoolean());
  }

  private ServerMessage event() {
    return random.nextBoolean()
        ? new ServerMessage.EventMessage(
            events.placed(), null, false, tickets.perhaps(() -> tickets.pick(Match.values())))
        : new ServerMessage.EventMessage(events.placed(), requestId(), random.nextBoolean(), null);
  }

  private ServerMessage rejected() {
    RejectionDetails details =
        switch (random.nextInt(6)) {
          case 0 -> RejectionDetails.field("title");
          case 1 -> RejectionDetails.limit("title", 200);
          case 2 -> RejectionDetails.candidates(tickets.tickets(number(3)));
          case 3 -> RejectionDetails.lock(told(tickets.lock()));
          case 4 -> RejectionDetails.retryAfter(Duration.ofMillis(number(10_000)));
          default -> RejectionDetails.NONE;
        };
    return new ServerMessage.Rejected(
        tickets.perhaps(this::requestId),
        tickets.pick(RejectionCode.values()),
        tickets.line(),
        details);
  }
}
