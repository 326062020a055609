package org.lesbillets.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * Completes a promise with the whole answer, for which it buffers the parts of a list. Bounded by
 * the tickets that were asked for.
 */
final class WholeAnswer implements AnswerListener {
  private final CompletableFuture<Answer> promise;
  private final List<Ticket> tickets = new ArrayList<>();
  private final List<ListedFields.Row> rows = new ArrayList<>();
  private boolean parted;
  private boolean reset;

  WholeAnswer(CompletableFuture<Answer> promise) {
    this.promise = promise;
  }

  @Override
  public void onPart(AllTickets part) {
    parted = true;
    reset |= part.reset();
    tickets.addAll(part.tickets());
    if (part.rows() != null) {
      rows.addAll(part.rows().rows());
    }
  }

  @Override
  public void onAnswer(Answer answer) {
    promise.complete(answer instanceof AllTickets last && parted ? whole(last) : answer);
  }

  private AllTickets whole(AllTickets last) {
    onPart(last);
    return new AllTickets(
        last.requestId(),
        tickets,
        last.rows() == null ? null : new ListedFields(last.rows().fields(), rows),
        last.revision(),
        last.journalId(),
        false,
        reset,
        last.total());
  }

  @Override
  public void onFailure(ConnectionException failure) {
    promise.completeExceptionally(failure);
  }
}
