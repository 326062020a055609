package org.lesbillets.cli.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;

/** Streams the parts of a list to a consumer, and completes a promise with the last part. */
record StreamedAnswer(CompletableFuture<Answer> promise, Consumer<AllTickets> parts)
    implements AnswerListener {
  @Override
  public void onPart(AllTickets part) {
    parts.accept(part);
  }

  @Override
  public void onAnswer(Answer answer) {
    if (answer instanceof AllTickets last) {
      onPart(last);
    }
    promise.complete(answer);
  }

  @Override
  public void onFailure(ConnectionException failure) {
    promise.completeExceptionally(failure);
  }
}
