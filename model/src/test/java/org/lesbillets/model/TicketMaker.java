package org.lesbillets.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/** Tickets for tests: an ordinary one, and every part of it to be replaced. Immutable. */
public final class TicketMaker {
  /** The moment samples are made at. */
  public static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  private final Ticket ticket;

  private TicketMaker(Ticket ticket) {
    this.ticket = ticket;
  }

  /**
   * An open ticket of normal priority, made by alice at {@link #NOW}, with nothing but a title.
   *
   * @param number its number, its revision, and the last part of its UUID
   */
  public static TicketMaker ticket(long number) {
    Stamp stamp = new Stamp(NOW, new AgentName("alice"));
    TicketContent content = TicketContent.titled("Ticket " + number);
    TicketId id = new TicketId(new UUID(0x1000_0000_0000_4000L, 0x8000_0000_0000_0000L + number));
    return new TicketMaker(new Ticket(id, number, content, stamp, stamp, number, number, 0, null));
  }

  public Ticket make() {
    return ticket;
  }

  public TicketMaker id(String uuid) {
    return new TicketMaker(
        new Ticket(
            TicketId.of(uuid),
            ticket.number(),
            ticket.content(),
            ticket.created(),
            ticket.updated(),
            ticket.revision(),
            ticket.changedRevision(),
            ticket.commentCount(),
            ticket.lock()));
  }

  public TicketMaker title(String title) {
    return patched(TicketPatch.of(TicketField.TITLE, title));
  }

  /** Null leaves the description out, as some events do. */
  public TicketMaker description(String description) {
    return new TicketMaker(ticket.withContent(ticket.content().withDescription(description)));
  }

  public TicketMaker closed() {
    return patched(TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED));
  }

  public TicketMaker priority(Priority priority) {
    return patched(TicketPatch.NOTHING.withIfAny(TicketField.PRIORITY, priority));
  }

  public TicketMaker assignee(String name) {
    AgentName assignee = name == null ? null : new AgentName(name);
    return new TicketMaker(ticket.withContent(ticket.content().withAssignee(assignee)));
  }

  public TicketMaker requester(String requester) {
    return patched(TicketPatch.NOTHING.with(TicketField.REQUESTER, requester));
  }

  public TicketMaker reference(String reference) {
    return patched(TicketPatch.NOTHING.with(TicketField.REFERENCE, reference));
  }

  public TicketMaker tags(String... tags) {
    return patched(TicketPatch.NOTHING.withTags(List.of(tags), List.of()));
  }

  private TicketMaker patched(TicketPatch patch) {
    return new TicketMaker(ticket.withContent(ticket.content().patched(patch)));
  }

  /** Made by {@code by}, so long before {@link #NOW}. */
  public TicketMaker created(String by, Duration ago) {
    return new TicketMaker(
        new Ticket(
            ticket.id(),
            ticket.number(),
            ticket.content(),
            new Stamp(NOW.minus(ago), new AgentName(by)),
            ticket.updated(),
            ticket.revision(),
            ticket.changedRevision(),
            ticket.commentCount(),
            ticket.lock()));
  }

  /** Last updated by {@code by}, so long before {@link #NOW}. */
  public TicketMaker updated(String by, Duration ago) {
    Stamp stamp = new Stamp(NOW.minus(ago), new AgentName(by));
    return new TicketMaker(ticket.withUpdated(stamp));
  }

  /** Locked by {@code holder} so long before {@link #NOW}, for 15 min, of which some is left. */
  public TicketMaker locked(String holder, Duration ago, Duration left) {
    TicketLock lock =
        new TicketLock(
            new AgentName(holder),
            ticket.revision(),
            NOW.minus(ago),
            Duration.ofMinutes(15),
            left,
            null,
            "cli",
            0);
    return new TicketMaker(ticket.withLock(lock));
  }
}
