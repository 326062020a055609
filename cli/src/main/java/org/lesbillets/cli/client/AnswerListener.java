package org.lesbillets.cli.client;

import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;

/** Callbacks for the outcome of one request, on the connection's I/O thread. */
public interface AnswerListener {
  /** A part of a list that has more. */
  void onPart(AllTickets part);

  /** The answer, perhaps Rejected, or the last part of a list; nothing follows. */
  void onAnswer(Answer answer);

  /** The connection ended before the answer; nothing follows. */
  void onFailure(ConnectionException failure);
}
