package org.lesbillets.model.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** The tickets the golden messages speak of. Never change one: add another. */
final class GoldenSamples {
  static final AgentName ALICE = new AgentName("alice");
  static final AgentName BOB = new AgentName("bob");
  static final UUID OPERATION = UUID.fromString("2f1c7a52-7d0b-4c3e-9b58-6f4f4e1d2c3b");
  static final TicketId ID = TicketId.of("5b7c4c1a-9a0e-4a51-8a52-0d6a4a4f0f11");
  static final TicketId OTHER_ID = TicketId.of("5b7c9d22-1f3e-4b6a-9c0d-7e8f90a1b2c3");
  static final Instant CREATED = Instant.parse("2026-11-22T09:14:03.120Z");
  static final Instant LATER = Instant.parse("2026-11-22T10:00:00Z");

  static final TicketContent BARE_DRAFT = TicketContent.titled("Printer on fire");
  static final TicketContent FULL_DRAFT =
      TicketContent.titled("Imprimante en feu 🖨️")
          .with(
              TicketField.DESCRIPTION, "Floor 3.\n\tIt says \"PC LOAD LETTER\" \\o/ and <smokes>.")
          .with(TicketField.PRIORITY, Priority.URGENT)
          .with(TicketField.ASSIGNEE, BOB)
          .with(TicketField.REQUESTER, "Mme Lefèvre, compta")
          .with(TicketField.REFERENCE, "https://status.example.org/?a=1&b=2")
          .with(TicketField.TAGS, List.of("printer", "緊急"));

  private static final TicketContent CLOSED_CONTENT =
      TicketContent.titled(FULL_DRAFT.title())
          .with(TicketField.DESCRIPTION, FULL_DRAFT.description())
          .with(TicketField.STATUS, TicketStatus.CLOSED)
          .with(TicketField.PRIORITY, Priority.LOW)
          .with(TicketField.ASSIGNEE, BOB)
          .with(TicketField.REQUESTER, FULL_DRAFT.requester())
          .with(TicketField.REFERENCE, FULL_DRAFT.reference())
          .with(TicketField.TAGS, FULL_DRAFT.tags());

  static final Comment COMMENT = new Comment(2, LATER, BOB, "Water did not help.\nFoam did.");

  static final TicketLock BARE_LOCK =
      new TicketLock(
          ALICE, 91, LATER, Duration.ofMinutes(15), Duration.ofMinutes(15), null, null, 0);
  static final TicketLock FULL_LOCK =
      new TicketLock(
          ALICE,
          91,
          LATER,
          Duration.ofMinutes(15),
          Duration.ofMillis(899_123),
          "calling customer",
          "cli",
          0);

  /** With nothing but a title. */
  static final Ticket BARE =
      new Ticket(
          ID,
          17,
          BARE_DRAFT,
          new Stamp(CREATED, ALICE),
          new Stamp(CREATED, ALICE),
          88,
          88,
          0,
          null);

  /** With everything there can be. */
  static final Ticket FULL =
      new Ticket(
          ID,
          17,
          FULL_DRAFT,
          new Stamp(CREATED, ALICE),
          new Stamp(LATER, BOB),
          91,
          88,
          2,
          FULL_LOCK);

  static final Ticket CLOSED =
      new Ticket(
          OTHER_ID,
          18,
          CLOSED_CONTENT,
          new Stamp(CREATED, ALICE),
          new Stamp(LATER, BOB),
          92,
          92,
          0,
          null);

  /** What an import brings: nothing that the journal gives. */
  static final Ticket IMPORTED =
      new Ticket(
          OTHER_ID,
          18,
          CLOSED_CONTENT,
          new Stamp(CREATED, ALICE),
          new Stamp(LATER, BOB),
          0,
          0,
          1,
          null);

  /** Raised four times, and asleep. */
  static final Ticket RAISED =
      BARE.withContent(
          BARE.content()
              .with(TicketField.WAKE_AT, LATER.plusSeconds(3_600))
              .with(TicketField.KEY, "disk:/var@db-1")
              .with(TicketField.RAISED, 4L));

  private GoldenSamples() {}

  /** The ticket as events that leave the description out tell it. */
  static Ticket brief(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  static Ticket counted(Ticket ticket, int waiting) {
    TicketLock lock = ticket.lock();
    return ticket.withLock(lock.withRemaining(lock.expiresIn(), waiting));
  }
}
