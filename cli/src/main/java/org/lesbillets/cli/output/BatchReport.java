package org.lesbillets.cli.output;

import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * The result of one line of a batch. Immutable.
 *
 * @param line its number, from 1
 * @param answer the server's answer, or the rejection of a line that is no request; null without an
 *     answer
 * @param code why there is no answer; null if there is
 * @param message that as a sentence for people; null if there is an answer
 */
public record BatchReport(long line, Answer answer, String code, String message) {

  /** An answer, perhaps a refusal. */
  public static BatchReport of(long line, Answer answer) {
    return new BatchReport(line, answer, null, null);
  }

  /** The refusal it is; null if it is none. */
  ServerMessage.Rejected rejected() {
    return answer instanceof ServerMessage.Rejected rejected ? rejected : null;
  }

  /** Whether the line was done. */
  public boolean isDone() {
    return answer != null && rejected() == null;
  }

  /** Why it was not done, in a word that scripts know; null if it was. */
  public String failureCode() {
    return rejected() == null ? code : rejected().code().name();
  }

  /** Why it was not done; null if it was. */
  public String failureMessage() {
    return rejected() == null ? message : rejected().message();
  }
}
