package org.lesbillets.model.event;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/**
 * Makes events of every kind a server makes, each believable by itself, as a client reads them:
 * those that leave the description out have none. The same seed makes the same ones.
 */
public final class RandomEvents {
  private final Random random;
  private final RandomTickets tickets;
  private final List<Supplier<WireEvent>> kinds =
      List.of(
          this::created,
          this::updated,
          this::locked,
          this::unlocked,
          this::commented,
          this::redacted);

  public RandomEvents(long seed) {
    this(new Random(seed));
  }

  public RandomEvents(Random random) {
    this.random = random;
    this.tickets = new RandomTickets(random);
  }

  /** Any event, with whatever time its locks have left. */
  public WireEvent event() {
    return kinds.get(random.nextInt(kinds.size())).get();
  }

  /** Any event at some place of a journal. */
  public SequencedEvent placed() {
    WireEvent event = event();
    long revision = event.ticket().revision();
    return new SequencedEvent(revision, revision - 1 - random.nextInt((int) revision), event);
  }

  /** The event with its locks settled, as a journal gives it back. */
  public static WireEvent settled(WireEvent event) {
    Ticket ticket = event.ticket();
    WireEvent settled =
        ticket.isLocked() ? event.withTicket(ticket.withLock(ticket.lock().settled())) : event;
    return settled instanceof WireEvent.TicketUnlocked unlocked
        ? unlocked.withEnded(unlocked.ended().settled())
        : settled;
  }

  private Ticket ticket() {
    Ticket ticket = tickets.ticket();
    return ticket.isLocked() ? locked(ticket) : ticket;
  }

  private Ticket locked(Ticket ticket) {
    return ticket.withLock(
        tickets.lock().withRemaining(Duration.ofMillis(random.nextInt(1_000_000)), 0));
  }

  private static Ticket brief(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  private WireEvent created() {
    return new WireEvent.TicketCreated(
        tickets.instant(), tickets.agent(), ticket(), random.nextBoolean());
  }

  private WireEvent updated() {
    Ticket before = ticket();
    Ticket patched = before.patched(tickets.patch());
    boolean fits = patched.content().tags().size() <= WireLimits.TAGS;
    Ticket after =
        fits ? patched : before.patched(TicketPatch.of(TicketField.TITLE, "too many tags"));
    return new WireEvent.TicketUpdated(
        tickets.instant(),
        tickets.agentOrNull(),
        after,
        after.content().changesSince(before.content()),
        random.nextBoolean(),
        tickets.perhaps(tickets::comment));
  }

  private WireEvent locked() {
    return new WireEvent.TicketLocked(
        tickets.instant(),
        tickets.agent(),
        brief(locked(ticket())),
        random.nextBoolean(),
        random.nextBoolean(),
        tickets.agentOrNull(),
        tickets.perhaps(tickets::line),
        random.nextBoolean());
  }

  private WireEvent unlocked() {
    UnlockReason reason = tickets.pick(UnlockReason.values());
    return new WireEvent.TicketUnlocked(
        tickets.instant(),
        reason == UnlockReason.EXPIRED ? null : tickets.agent(),
        brief(ticket().withLock(null)),
        reason,
        tickets.perhaps(tickets::line),
        tickets.lock().withRemaining(Duration.ofMillis(random.nextInt(1000)), 0),
        random.nextBoolean());
  }

  /** Any redaction. */
  public Redaction redaction() {
    return random.nextBoolean()
        ? Redaction.ofComment(1 + random.nextInt(1_000))
        : Redaction.ofField(Redaction.FIELDS.get(random.nextInt(Redaction.FIELDS.size())));
  }

  private WireEvent redacted() {
    Redaction what = redaction();
    Ticket ticket = what.of(ticket());
    return new WireEvent.TicketRedacted(
        tickets.instant(),
        tickets.agent(),
        what.field() == null ? brief(ticket) : ticket,
        what,
        tickets.perhaps(tickets::line));
  }

  private WireEvent commented() {
    return new WireEvent.TicketCommented(
        tickets.instant(), tickets.agent(), brief(ticket()), tickets.comment());
  }
}
