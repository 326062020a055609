package org.lesbillets.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Messages to test with. */
public final class SampleMessages {
  public static final String JOURNAL = "journal-1";
  public static final AgentName ALICE = new AgentName("alice");
  private static final Instant AT = Instant.parse("2026-11-22T09:14:03.120Z");

  private SampleMessages() {}

  public static ServerMessage.Welcome welcome(long revision) {
    return new ServerMessage.Welcome(1, "scripted 1", JOURNAL, revision, ALICE, Role.AGENT, false);
  }

  public static Ticket ticket(long number, String title, String description, long revision) {
    return new Ticket(
        new TicketId(new UUID(7, number)),
        number,
        TicketContent.titled(title).with(TicketField.DESCRIPTION, description),
        new Stamp(AT, ALICE),
        new Stamp(AT, ALICE),
        revision,
        revision,
        0,
        null);
  }

  public static Ticket ticket(long number, long revision) {
    return ticket(number, "ticket " + number, "", revision);
  }

  /** The creation of ticket 17 at {@code revision}, after {@code previous}. */
  public static SequencedEvent created(long revision, long previous) {
    return new SequencedEvent(
        revision, previous, new WireEvent.TicketCreated(AT, ALICE, ticket(17, revision), false));
  }

  public static ServerMessage.EventMessage pushed(long revision, long previous) {
    return ServerMessage.EventMessage.pushed(created(revision, previous));
  }

  public static ServerMessage.EventMessage answer(ClientMessage request, long revision) {
    return ServerMessage.EventMessage.answer(created(revision, revision - 1), request.requestId());
  }

  /** Ticket 17 under a lock of alice's. */
  public static Ticket locked(long revision, long token, Duration ttl) {
    return ticket(17, revision)
        .withLock(new TicketLock(ALICE, token, AT, ttl, ttl, null, "cli", 0));
  }

  public static WireEvent.TicketLocked lockedBy(Ticket ticket, boolean renewed) {
    return new WireEvent.TicketLocked(AT, ALICE, ticket, renewed, false);
  }

  /** Grants or renews what is asked, for the time it asks for. */
  public static ServerMessage.EventMessage granted(
      ClientMessage.LockTicket request, long revision, boolean repeated) {
    long token = request.token() == null ? revision : request.token();
    Ticket ticket = locked(revision, token, request.terms().ttl());
    SequencedEvent event =
        new SequencedEvent(revision, revision - 1, lockedBy(ticket, request.token() != null));
    return new ServerMessage.EventMessage(event, request.requestId(), repeated, null);
  }

  public static ServerMessage.EventMessage pushed(long revision, WireEvent event) {
    return ServerMessage.EventMessage.pushed(new SequencedEvent(revision, revision - 1, event));
  }

  public static ServerMessage.Pong pong(ClientMessage request, long revision) {
    return new ServerMessage.Pong(request.requestId(), revision);
  }

  public static ServerMessage.AllTickets all(
      ClientMessage request, long revision, boolean reset, Ticket... tickets) {
    return new ServerMessage.AllTickets(
        request.requestId(), List.of(tickets), revision, JOURNAL, false, reset, tickets.length);
  }

  /** A part of a list of three tickets that is not its last. */
  public static ServerMessage.AllTickets part(
      ClientMessage request, long revision, boolean reset, Ticket... tickets) {
    return new ServerMessage.AllTickets(
        request.requestId(), List.of(tickets), revision, JOURNAL, true, reset, 3);
  }

  public static ServerMessage.Resumed resumed(ClientMessage.GetTickets request) {
    return new ServerMessage.Resumed(
        request.requestId(), request.since().journalId(), request.since().revision());
  }

  public static ServerMessage.Rejected rejected(ClientMessage request, RejectionCode code) {
    return new ServerMessage.Rejected(
        request.requestId(), code, "refused: " + code, RejectionDetails.NONE);
  }

  public static ClientMessage.GetTickets list(String requestId) {
    return new ClientMessage.GetTickets(requestId, null, null, null, null, null);
  }

  public static ClientMessage.CreateTicket create(String requestId, UUID operationId) {
    return new ClientMessage.CreateTicket(requestId, operationId, draft());
  }

  private static TicketContent draft() {
    return TicketContent.titled("printer");
  }

  public static ClientMessage.UpdateTicket update(UUID operationId) {
    return new ClientMessage.UpdateTicket(
        "unset",
        operationId,
        TicketRef.of(17),
        TicketPatch.of(TicketField.TITLE, "new"),
        null,
        null,
        false);
  }

  /** Always gives the highest number below the bound. */
  private static final class Highest implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  /** One that always waits for as long as anybody does, 15 s: the server is long gone. */
  public static Backoff longBackoff() {
    AtomicLong clock = new AtomicLong();
    Duration longest = Backoff.LONGEST_LATER;
    Backoff backoff = new Backoff(new Highest(), () -> clock.getAndAdd(Backoff.EAGER.toNanos()));
    while (!backoff.next().equals(longest)) {
      // It has failed before.
    }
    return backoff;
  }
}
