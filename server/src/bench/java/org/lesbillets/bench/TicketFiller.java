package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** The desk of a server, filled and warmed up over one connection. For one thread. */
final class TicketFiller {
  private static final int LISTS = 300;
  private static final long PATIENCE_MILLIS = 1_000;

  private final BenchServer server;
  private int answers;

  TicketFiller(BenchServer server) {
    this.server = server;
  }

  /** Creates tickets, and lists them often enough that the server's code for it is compiled. */
  void fill(int tickets) throws IOException {
    BenchConnection connection = new BenchConnection(server.port(), server.token());
    try (Selector selector = Selector.open()) {
      connection.register(selector);
      for (int i = 0; i < tickets; i++) {
        String ticket = "{\"title\":\"Ticket " + i + "\"}";
        ask(connection, selector, "CreateTicket", ",\"ticket\":" + ticket);
      }
      for (int i = 0; i < LISTS; i++) {
        ask(connection, selector, "GetTickets", "");
      }
    } finally {
      connection.close();
    }
  }

  private void ask(BenchConnection connection, Selector selector, String type, String fields)
      throws IOException {
    int before = answers;
    connection.send("{\"type\":\"" + type + "\",\"requestId\":\"b\"" + fields + "}");
    while (answers == before) {
      selector.select(PATIENCE_MILLIS);
      selector.selectedKeys().clear();
      connection.read((from, payload) -> answers += isAnswer(payload) ? 1 : 0);
    }
  }

  private static boolean isAnswer(ByteBuffer payload) {
    return StandardCharsets.UTF_8.decode(payload).toString().contains("\"requestId\":\"b\"");
  }
}
