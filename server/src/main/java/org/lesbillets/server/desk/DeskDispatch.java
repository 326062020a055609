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
    return message.accept((ClientMessage.Visitor<Runnable>) new Turn(requester));
  }

  private Runnable handedOn(Runnable task) {
    return () -> {
      task.run();
      onAnswered.run();
    };
  }

  /** The turn of one request. */
  private final class Turn
      implements ClientMessage.Visitor<Runnable>, ClientMessage.ReadVisitor<Runnable> {
    private final Requester requester;

    Turn(Requester requester) {
      this.requester = requester;
    }

    @Override
    public Runnable onChange(ClientMessage.Change message) {
      ChangeRequest request = ChangeRequest.of(requester, message);
      return () -> changes.take(request);
    }

    @Override
    public Runnable onRead(ClientMessage.Read message) {
      return message.accept((ClientMessage.ReadVisitor<Runnable>) this);
    }

    private <M> Runnable read(BiConsumer<Requester, M> how, M message) {
      return handedOn(() -> how.accept(requester, message));
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
    public Runnable onCancelWait(ClientMessage.CancelWait message) {
      return read(changes::cancelWait, message);
    }

    @Override
    public Runnable onPing(ClientMessage.Ping message) {
      return read(reads::ping, message);
    }
  }
}
