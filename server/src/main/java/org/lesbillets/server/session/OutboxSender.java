package org.lesbillets.server.session;

import java.util.List;

/**
 * Puts what is for one session alone into its outbox, and has it sent; a session whose outbox is
 * full is cut. Any thread, unless it says otherwise.
 */
final class OutboxSender {
  private final Outbox outbox;
  private final FrameLog log;
  private final Drainer drainer;
  private final Sender sender;

  /** Who sends what is in the outbox. The drainer's thread. */
  interface Sender {
    void pump();

    void cut(String reason);
  }

  OutboxSender(Outbox outbox, FrameLog log, Drainer drainer, Sender sender) {
    this.outbox = outbox;
    this.log = log;
    this.drainer = drainer;
    this.sender = sender;
  }

  /** Sends a message that belongs behind nothing. */
  void send(byte[] json) {
    sendOrCut(outbox.add(WebSocketFrames.text(json), Outbox.NOW));
  }

  /** Sends an event of a watch with a query. */
  void push(FilteredWatch watch, byte[] json) {
    sendOrCut(outbox.addOf(watch, WebSocketFrames.text(json)));
  }

  /**
   * Sends an answer behind the event it speaks of. The updater's thread.
   *
   * @param watch the session's watch with a query, or null
   */
  void answer(byte[] json, FilteredWatch watch) {
    byte[] frame = WebSocketFrames.text(json);
    if (watch == null || !watch.isCatchingUp()) {
      sendOrCut(outbox.add(frame, log.head()));
    } else if (outbox.reserve(frame.length)) {
      watch.hold(frame);
    } else {
      sendOrCut(false);
    }
  }

  /** Sends answers there is room for already, behind all that has happened. */
  void sendHeld(List<byte[]> answers) {
    long position = log.head();
    answers.forEach(answer -> outbox.addReserved(answer, position));
    sendOrCut(true);
  }

  private void sendOrCut(boolean room) {
    drainer.post(room ? sender::pump : () -> sender.cut("its outbox is full"));
  }
}
