package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** One connection to redis that fills it, and asks it. One thread. */
final class RedisClient implements AutoCloseable {
  private static final int VALUES = 100;

  private final Selector selector = Selector.open();
  private final BenchConnection connection;
  private String answer;

  RedisClient(int port) throws IOException {
    connection = new BenchConnection(port, new RedisWire());
    connection.register(selector);
  }

  /** Appends values of so many bytes, each with its number, to the list {@code tickets}. */
  void fill(int values, int bytes) throws IOException {
    for (int first = 0; first < values; first += VALUES) {
      StringBuilder command = new StringBuilder("RPUSH\ntickets");
      for (int i = first; i < Math.min(values, first + VALUES); i++) {
        command.append('\n').append(EventText.text(0, i, bytes));
      }
      ask(command.toString());
    }
  }

  /** The last of what it answers. */
  String ask(String command) throws IOException {
    answer = null;
    connection.send(command);
    while (answer == null) {
      selector.select(1_000);
      selector.selectedKeys().clear();
      connection.flush();
      connection.read(this::take);
    }
    return answer;
  }

  private void take(BenchConnection from, ByteBuffer payload) {
    answer = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
  }

  /** Bytes it says it uses. */
  long memoryBytes() throws IOException {
    return Long.parseLong(ask("INFO\nmemory").replaceAll("(?s).*used_memory:([0-9]+).*", "$1"));
  }

  @Override
  public void close() throws IOException {
    connection.close();
    selector.close();
  }
}
