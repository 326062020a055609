package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A program that passes on what it receives, over WebSocket or core NATS. One thread.
 *
 * @param template an event of this project's server, so that all send the same bytes
 */
record RelayTarget(String name, Peers.Listening listening, byte[] template, boolean isNats)
    implements FanOutTarget {

  @Override
  public boolean warmsUp() {
    return name.equals(FanOutTargets.NODE);
  }

  @Override
  public ProcessorTime time() {
    return listening.program().time();
  }

  @Override
  public BenchConnection watcher() throws IOException {
    Wire wire = isNats ? new NatsWire("none", "e.*") : new WebSocketWire("/watch", "none");
    return new BenchConnection(listening.port(), wire);
  }

  @Override
  public BenchConnection writer(int writer) throws IOException {
    Wire wire =
        isNats ? new NatsWire("e." + writer, "e." + writer) : new WebSocketWire("/write", "none");
    return new BenchConnection(listening.port(), wire);
  }

  @Override
  public byte[] request(int lane, int number) {
    return EventText.patched(template, lane, number);
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
