package org.lesbillets.cli;

import static org.lesbillets.cli.SampleTickets.PRINTER;

import java.time.Instant;
import java.util.List;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Makes the event that a change of the sample ticket asks for; 404 and 405 do not exist. */
final class AcceptAllServer implements ClientMessage.ChangeVisitor<WireEvent> {
  private static final Instant AT = TicketMaker.NOW;
  private static final AgentName ALICE = new AgentName("alice");
  private static final AgentName BOB = new AgentName("bob");

  private static Ticket free(TicketRef ref) {
    if (ref.equals(TicketRef.of(404)) || ref.equals(TicketRef.of(405))) {
      throw ScriptedTicketService.refusal(
          RejectionCode.NOT_FOUND, "there is no ticket " + ref + ": list shows those there are");
    }
    Ticket ticket = PRINTER.withLock(null).withRevision(98, 98);
    return ref.equals(TicketRef.of(18)) ? ticket.withNumber(18) : ticket;
  }

  private static Ticket told(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  @Override
  public WireEvent onCreateTicket(ClientMessage.CreateTicket message) {
    Ticket ticket = free(TicketRef.of(17)).withContent(message.content());
    return new WireEvent.TicketCreated(AT, ALICE, ticket, false);
  }

  @Override
  public WireEvent onLockTicket(ClientMessage.LockTicket message) {
    free(message.ticket());
    boolean renewed = message.token() != null;
    LockBreak broken = message.steal();
    return broken == null
        ? new WireEvent.TicketLocked(AT, ALICE, locked(), renewed, false)
        : new WireEvent.TicketLocked(
            AT, ALICE, locked(), false, false, BOB, broken.reason(), false);
  }

  private static Ticket locked() {
    return told(PRINTER.withRevision(98, 90));
  }

  @Override
  public WireEvent onUpdateTicket(ClientMessage.UpdateTicket message) {
    Ticket before = free(message.ticket());
    Ticket after = before.withContent(before.content().patched(message.changes()));
    return new WireEvent.TicketUpdated(
        AT, ALICE, after, after.content().changesSince(before.content()), message.unlock());
  }

  @Override
  public WireEvent onCommentTicket(ClientMessage.CommentTicket message) {
    Comment comment = new Comment(98, AT, ALICE, message.text());
    return new WireEvent.TicketCommented(AT, ALICE, told(free(message.ticket())), comment);
  }

  @Override
  public WireEvent onRaiseTicket(ClientMessage.RaiseTicket message) {
    return new WireEvent.TicketCreated(AT, ALICE, PRINTER, false);
  }

  @Override
  public WireEvent onUnlockTicket(ClientMessage.UnlockTicket message) {
    Ticket ticket = told(free(message.ticket()));
    return message.force() == null
        ? new WireEvent.TicketUnlocked(
            AT, ALICE, ticket, UnlockReason.RELEASED, null, PRINTER.lock())
        : new WireEvent.TicketUnlocked(
            AT, BOB, ticket, UnlockReason.FORCED, message.force().reason(), PRINTER.lock());
  }

  @Override
  public WireEvent onClaimTicket(ClientMessage.ClaimTicket message) {
    if (message.query() != null && message.query().text().equals("tag:none")) {
      throw ScriptedTicketService.refusal(
          RejectionCode.NOT_FOUND, "no free ticket matches: look later");
    }
    Ticket locked = locked();
    TicketLock lock = locked.lock().withKind(LockKind.of(true, message.returns()));
    return new WireEvent.TicketLocked(AT, ALICE, locked.withLock(lock), false, true);
  }

  /** 17 is there already, 404 too but with other content, and the number 18 is taken. */
  @Override
  public WireEvent onImportTicket(ClientMessage.ImportTicket message) {
    Ticket ticket = message.ticket();
    if (ticket.number() == 404) {
      throw new RejectedException(
          new ServerMessage.Rejected(
              "1",
              RejectionCode.INVALID,
              "Ticket 404 has this id already, and says something else: it was left as it is.",
              RejectionDetails.field("id")));
    }
    return ticket.number() == 17
        ? new WireEvent.TicketUpdated(AT, ALICE, ticket, List.of(), false)
        : new WireEvent.TicketCreated(
            AT, ALICE, ticket.number() == 18 ? ticket.withNumber(405) : ticket, true);
  }

  @Override
  public WireEvent onRedactTicket(ClientMessage.RedactTicket message) {
    Ticket redacted = message.what().of(free(message.ticket()));
    return new WireEvent.TicketRedacted(
        AT,
        ALICE,
        message.what().field() == null ? told(redacted) : redacted,
        message.what(),
        message.reason());
  }

  @Override
  public WireEvent onImportComment(ClientMessage.ImportComment message) {
    Ticket ticket = told(free(message.ticket()));
    return new WireEvent.TicketCommented(AT, ALICE, ticket, message.comment().withId(98));
  }
}
