package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A server that sends what each writer says to all watchers, and to the writer as its answer. */
interface FanOutTarget extends AutoCloseable {
  String name();

  ProcessorTime time();

  /** Whether it gets faster in its first seconds, while its code is compiled. */
  boolean warmsUp();

  /** A new connection that is to receive all events. */
  BenchConnection watcher() throws IOException;

  /** A new connection that sends events, and receives those as its answers. */
  BenchConnection writer(int writer) throws IOException;

  /** What a writer sends for an event. */
  byte[] request(int lane, int number);

  /**
   * Which event an answer is about.
   *
   * @param writer which received it
   * @return as {@link EventText#event}, or -1 if it is no answer to an event
   */
  default long answer(int writer, ByteBuffer payload) {
    int at = EventText.find(payload, -1);
    return at < 0
        ? -1
        : EventText.event(EventText.lane(payload, at), EventText.number(payload, at));
  }

  /** Whether a watcher that received this receives all events from now on. */
  boolean ready(ByteBuffer payload);

  /** Whether a watcher does without having received anything. */
  boolean readyAtOnce();

  @Override
  void close() throws IOException;
}
