package org.lesbillets.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/** Appends as a desk would decide them. */
public final class Facts {
  public static final AgentName ALICE = new AgentName("alice");
  public static final AgentName BOB = new AgentName("bob");
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  private Facts() {}

  /** The revision of the journal's last event, once the journal has said it. */
  public static long head(Journal journal) {
    return journal.head().toCompletableFuture().join();
  }

  public static Append create(UUID id, long wanted, String title) {
    return create(id, wanted, draft(title), null);
  }

  public static TicketContent draft(String title) {
    return TicketContent.titled(title)
        .with(TicketField.DESCRIPTION, "Why: " + title)
        .with(TicketField.PRIORITY, Priority.HIGH)
        .with(TicketField.ASSIGNEE, ALICE)
        .with(TicketField.REFERENCE, "mail 7")
        .with(TicketField.TAGS, List.of("a", "b"));
  }

  public static Append create(UUID id, long wanted, TicketContent draft, Operation operation) {
    Stamp stamp = new Stamp(NOON, ALICE);
    Ticket ticket = new Ticket(new TicketId(id), wanted, draft, stamp, stamp, 0, 0, 0, null);
    return new Append(0, operation, new WireEvent.TicketCreated(NOON, ALICE, ticket, false));
  }

  /** An import by ALICE of a ticket that BOB made long ago, with these comments. */
  public static Append imported(UUID id, long wanted, String title, String... comments) {
    Stamp created = new Stamp(NOON.minus(Duration.ofDays(500)), BOB);
    Stamp updated = new Stamp(NOON.minus(Duration.ofDays(400)), ALICE);
    Ticket ticket =
        new Ticket(
            new TicketId(id), wanted, draft(title), created, updated, 0, 0, comments.length, null);
    return new Append(
        0,
        null,
        new WireEvent.TicketCreated(NOON, ALICE, ticket, true),
        Comment.numbered(Stream.of(comments).map(text -> said(0, text)).toList()));
  }

  /** What BOB said long ago. */
  public static Comment said(long id, String text) {
    return new Comment(id, NOON.minus(Duration.ofDays(450)), BOB, text);
  }

  public static Append retitle(Ticket ticket, String title, Operation operation) {
    Ticket changed =
        ticket
            .withContent(ticket.content().patched(TicketPatch.of(TicketField.TITLE, title)))
            .withUpdated(new Stamp(NOON, ALICE));
    return new Append(
        ticket.revision(),
        operation,
        new WireEvent.TicketUpdated(
            NOON, ALICE, changed, changed.content().changesSince(ticket.content()), false));
  }

  public static Append comment(Ticket ticket, String text) {
    Ticket said =
        ticket.withCommentCount(ticket.commentCount() + 1).withUpdated(new Stamp(NOON, ALICE));
    Comment comment = new Comment(said.commentCount(), NOON, ALICE, text);
    return new Append(
        ticket.revision(), null, new WireEvent.TicketCommented(NOON, ALICE, said, comment));
  }

  /** A redaction by BOB. */
  public static Append redact(Ticket ticket, Redaction what, Operation operation) {
    return new Append(
        ticket.revision(),
        operation,
        new WireEvent.TicketRedacted(NOON, BOB, what.of(ticket), what, "held a password"));
  }

  /** A ticket that ALICE raised with a comment. */
  public static Append raised(UUID id, String key, String text) {
    Stamp stamp = new Stamp(NOON, ALICE);
    TicketContent content = draft(key).with(TicketField.KEY, key).with(TicketField.RAISED, 1L);
    Ticket ticket = new Ticket(new TicketId(id), 0, content, stamp, stamp, 0, 0, 1, null);
    Comment comment = new Comment(1, NOON, ALICE, text);
    return new Append(
        0, null, new WireEvent.TicketCreated(NOON, ALICE, ticket, false), List.of(comment));
  }

  /** The same ticket, raised once more, and asleep. */
  public static Append raised(Ticket ticket, String text) {
    Ticket raised =
        ticket
            .raisedAgain()
            .withWakeAt(NOON.plusSeconds(1))
            .withCommentCount(ticket.commentCount() + 1);
    return new Append(
        ticket.revision(),
        null,
        new WireEvent.TicketUpdated(
            NOON,
            BOB,
            raised,
            raised.content().changesSince(ticket.content()),
            false,
            new Comment(raised.commentCount(), NOON, BOB, text)));
  }

  public static Append lock(Ticket ticket, String note) {
    TicketLock lock =
        new TicketLock(
            ALICE,
            TicketLock.SELF,
            NOON,
            Duration.ofMinutes(15),
            Duration.ofSeconds(3),
            note,
            "cli",
            2);
    return new Append(
        ticket.revision(),
        null,
        new WireEvent.TicketLocked(NOON, ALICE, ticket.withLock(lock), false, false));
  }

  public static Append unlock(Ticket ticket) {
    return new Append(
        ticket.revision(),
        null,
        new WireEvent.TicketUnlocked(
            NOON, ALICE, ticket.withLock(null), UnlockReason.RELEASED, null, ticket.lock()));
  }

  public static Operation operation(String seed, String fingerprint, boolean forEver) {
    return new Operation(ALICE, UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)), fingerprint, forEver);
  }
}
