package org.lesbillets.cli.client;

import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;

/** The check that an answer is of the one kind that fits its request. Stateless; any thread. */
public final class ExpectedAnswer {
  private ExpectedAnswer() {}

  /**
   * The answer as the kind that fits its request.
   *
   * @param server that answered, for the sentence
   * @throws RejectedException if it is a refusal
   * @throws ConnectionException of kind PROTOCOL if it is an answer of another kind
   */
  public static <A extends Answer> A of(ServerAddress server, Answer answer, Class<A> kind) {
    if (answer instanceof Rejected rejected) {
      throw new RejectedException(rejected);
    }
    if (!kind.isInstance(answer)) {
      throw AnswerFailures.notUnderstood(server, answer.type() + " does not answer what was asked");
    }
    return kind.cast(answer);
  }
}
