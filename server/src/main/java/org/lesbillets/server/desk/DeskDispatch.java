package org.lesbillets.server.desk;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.TicketRules;

/**
 * Turns a request into what the desk's thread is to do about it. Any thread may ask for the turn;
 * the turn itself is for the desk's.
 */
final class DeskDispatch {
  private final DeskReads reads;
  private final ChangePipeline changes;
  private final Runnable onAnswered;

  /**
   * @param onAnswered called once for each request that is no change, when it was answered or
   *     handed on; changes are counted where they are answered
   */
  DeskDispatch(DeskReads reads, ChangePipeline changes, Runnable onAnswered) {
    this.reads = reads;
    this.changes = changes;
    this.onAnswered = onAnswered;
  }

  Runnable turn(Requester requester, ClientMessage message) {
    Optional<Decision.Rejected> refusal = TicketRules.refusal(message, requester.role());
    if (refusal.isPresent()) {
      Decision.Rejected why = refusal.get();
      return handedOn(
          () ->
              requester.answer(
                  new ServerMessage.Rejected(
                      message.requestId(), why.code(), why.message(), why.details())));
    }
    return message.accept(new Turn(requester));
  }

  private Runnable handedOn(Runnable task) {
    return () -> {
      task.run();
      onAnswered.run();
    };
  }

  /** One request's turn. */
  private final class Turn implements ClientMessage.Handler<Runnable> {
    private final Requester requester;

    Turn(Requester requester) {
      this.requester = requester;
    }

    private <M> Runnable read(BiConsumer<Requester, M> how, M message) {
      return handedOn(() -> how.accept(requester, message));
    }

    private Runnable change(ClientMessage.Change message) {
      ChangeRequest request = ChangeRequest.of(requester, message);
      return () -> changes.take(request);
    }

    private Runnable notServed(ClientMessage message) {
      throw new IllegalStateException(message.type() + " was admitted, but nothing serves it");
    }

    @Override
    public Runnable onGetTickets(ClientMessage.GetTickets message) {
      return read(reads::tickets, message);
    }

    @Override
    public Runnable onGetTicket(ClientMessage.GetTicket message) {
      return read(reads::ticket, message);
    }

    @Override
    public Runnable onPing(ClientMessage.Ping message) {
      return read(reads::ping, message);
    }

    @Override
    public Runnable onCreateTicket(ClientMessage.CreateTicket message) {
      return change(message);
    }

    @Override
    public Runnable onLockTicket(ClientMessage.LockTicket message) {
      return change(message);
    }

    @Override
    public Runnable onUpdateTicket(ClientMessage.UpdateTicket message) {
      return change(message);
    }

    @Override
    public Runnable onCommentTicket(ClientMessage.CommentTicket message) {
      return change(message);
    }

    @Override
    public Runnable onUnlockTicket(ClientMessage.UnlockTicket message) {
      return change(message);
    }

    @Override
    public Runnable onCancelWait(ClientMessage.CancelWait message) {
      return read(changes::cancelWait, message);
    }

    @Override
    public Runnable onClaimTicket(ClientMessage.ClaimTicket message) {
      return change(message);
    }

    @Override
    public Runnable onImportTicket(ClientMessage.ImportTicket message) {
      return change(message);
    }

    @Override
    public Runnable onImportComment(ClientMessage.ImportComment message) {
      return change(message);
    }

    @Override
    public Runnable onListSessions(ClientMessage.ListSessions message) {
      return notServed(message);
    }

    @Override
    public Runnable onKickSession(ClientMessage.KickSession message) {
      return notServed(message);
    }

    @Override
    public Runnable onDrain(ClientMessage.Drain message) {
      return notServed(message);
    }

    @Override
    public Runnable onBackup(ClientMessage.Backup message) {
      return notServed(message);
    }

    @Override
    public Runnable onCompact(ClientMessage.Compact message) {
      return notServed(message);
    }

    @Override
    public Runnable onRedactTicket(ClientMessage.RedactTicket message) {
      return notServed(message);
    }
  }
}
