package org.lesbillets.cli.client.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** An asynchronous read of one ticket over a connection that serves others, too. Any thread. */
record DetailsRequest(TicketClient client, GetTicket request, Duration timeout) {
  /**
   * Sends it.
   *
   * @return completes on the I/O thread, or a timer's; fails with RejectedException or
   *     ConnectionException
   */
  CompletableFuture<TicketDetails> send() {
    CompletableFuture<TicketDetails> promise = new CompletableFuture<>();
    client
        .send(request)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (answer, problem) -> {
              try {
                promise.complete(details(answer, problem));
              } catch (RuntimeException e) {
                promise.completeExceptionally(e);
              }
            });
    return promise;
  }

  private TicketDetails details(Answer answer, Throwable problem) {
    if (problem instanceof TimeoutException) {
      client.forget(request);
      throw unread(Kind.TIMEOUT, " did not answer within " + Durations.inSentence(timeout));
    }
    if (problem instanceof ConnectionException failure) {
      throw failure.kind() == Kind.LOST
          ? unread(Kind.LOST, " was lost before it answered")
          : failure;
    }
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
    return ExpectedAnswer.of(client.server(), answer, TicketDetails.class);
  }

  private ConnectionException unread(Kind kind, String what) {
    return new ConnectionException(kind, client.server() + what + ": try again");
  }
}
