package org.lesbillets.cli.client.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** One ticket asked for over a connection that serves others, too. Nobody waits for it. */
final class DetailsRequest {
  private final TicketClient client;
  private final Duration patience;
  private final CompletableFuture<TicketDetails> promise = new CompletableFuture<>();

  private DetailsRequest(TicketClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Sends a request.
   *
   * @return completes on the I/O thread, or a timer's; fails with RejectedException or
   *     ConnectionException
   */
  static CompletableFuture<TicketDetails> send(
      TicketClient client, GetTicket request, Duration patience) {
    DetailsRequest details = new DetailsRequest(client, patience);
    client
        .send(request)
        .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((answer, problem) -> details.settle(request, answer, problem));
    return details.promise;
  }

  private void settle(GetTicket request, Answer answer, Throwable problem) {
    if (problem instanceof TimeoutException) {
      client.pending().forget(request.requestId());
      promise.completeExceptionally(
          unread(Kind.TIMEOUT, " did not answer within " + Durations.inSentence(patience)));
    } else if (problem instanceof ConnectionException failure && failure.kind() == Kind.LOST) {
      promise.completeExceptionally(unread(Kind.LOST, " was lost before it answered"));
    } else if (problem != null) {
      promise.completeExceptionally(problem);
    } else {
      take(answer);
    }
  }

  private ConnectionException unread(Kind kind, String what) {
    return new ConnectionException(kind, client.server() + what + ": try again");
  }

  private void take(Answer answer) {
    try {
      promise.complete(ExpectedAnswer.of(client.server(), answer, TicketDetails.class));
    } catch (RejectedException | ConnectionException e) {
      promise.completeExceptionally(e);
    }
  }
}
