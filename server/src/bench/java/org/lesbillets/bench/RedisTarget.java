package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Redis with a list for each lane, to which events are appended; a writer has one lane. One thread.
 *
 * @param template an event of this project's server, so that both keep the same bytes
 */
record RedisTarget(Peers.Listening listening, byte[] template) implements FanOutTarget {
  static final String NAME = "redis, appendfsync always";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public ProcessorTime time() {
    return listening.program().time();
  }

  @Override
  public BenchConnection watcher() throws IOException {
    throw new UnsupportedOperationException("lists have no watchers");
  }

  @Override
  public BenchConnection writer(int writer) throws IOException {
    return new BenchConnection(listening.port(), new RedisWire());
  }

  @Override
  public byte[] request(int lane, int number) {
    String event = new String(EventText.patched(template, lane, number), StandardCharsets.UTF_8);
    return ("RPUSH\nlane" + lane + "\n" + event).getBytes(StandardCharsets.UTF_8);
  }

  /** The length of the list says which of its events was appended. */
  @Override
  public long answer(int writer, ByteBuffer payload) {
    return EventText.event(
        writer, RedisWire.integer(payload, payload.position(), payload.limit()) - 1);
  }

  @Override
  public boolean ready(ByteBuffer payload) {
    return true;
  }

  @Override
  public boolean readyAtOnce() {
    return true;
  }

  @Override
  public void close() {
    listening.close();
  }
}
