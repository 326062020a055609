package org.lesbillets.cli.client.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;

/** A job of a test: asks what it is given, one after the other, and remembers what came of it. */
final class NumberedJob implements Job {
  final int number;
  private final Deque<ClientMessage> requests;
  volatile String outcome = "";

  NumberedJob(int number, ClientMessage... requests) {
    this.number = number;
    this.requests = new ArrayDeque<>(List.of(requests));
  }

  @Override
  public ClientMessage first() {
    return requests.peek();
  }

  @Override
  public ClientMessage next(Answer answer) {
    requests.remove();
    String word = answer instanceof Rejected no ? no.code().name() : answer.type();
    outcome = outcome.isEmpty() ? word : outcome + " " + word;
    return requests.peek();
  }

  @Override
  public void failed(ConnectionException failure) {
    outcome = "kind " + failure.kind();
  }

  @Override
  public long bytes() {
    return 100;
  }

  boolean isDone() {
    return !outcome.contains("kind") && !outcome.equals(outcome.toUpperCase(java.util.Locale.ROOT));
  }
}
