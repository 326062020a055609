package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** This project's server: each lane is a ticket, an event a comment on it. One thread. */
final class BilletsTarget implements FanOutTarget {
  private static final byte[] SNAPSHOT =
      "{\"type\":\"AllTickets\"".getBytes(StandardCharsets.UTF_8);

  /** By so much an event gets longer within a run: digits of revisions and of its comments. */
  private static final int GROWTH = 8;

  /** What a client of the protocol would call its request. */
  private static final String COMMENT =
      "{\"type\":\"CommentTicket\",\"requestId\":\"r\",\"ticket\":%d,\"text\":\"%s\"}";

  /** A ticket with a title of 40 characters and a description of some 300. */
  private static final String CREATE =
      "{\"type\":\"CreateTicket\",\"requestId\":\"r\",\"ticket\":{\"title\":\"%s\","
          + "\"description\":\"%.300s.\",\"assignee\":\"alice\",\"tags\":[\"bench\"]}}";

  private static final int TITLE = 40;

  private final int port;
  private final String token;
  private final ProcessorTime time;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<Integer> tickets = new ArrayList<>();
  private String name = FanOutTargets.OURS;
  private boolean creates;
  private int textLength = 200;

  /**
   * @param time of the server's process
   */
  BilletsTarget(int port, String token, ProcessorTime time) {
    this.port = port;
    this.token = token;
    this.time = time;
  }

  /** That ends the server with itself. */
  static BilletsTarget of(BenchServer server) throws IOException {
    BilletsTarget target = new BilletsTarget(server.port(), server.token(), server.time());
    target.owned.add(server);
    return target;
  }

  /** Whose events are new tickets. */
  BilletsTarget creating() {
    creates = true;
    return this;
  }

  /** Under another name. */
  BilletsTarget named(String other) {
    name = other;
    return this;
  }

  /**
   * Creates the tickets of the lanes, and learns how an event looks.
   *
   * @param eventBytes payload of an event, as near as can be
   * @return such a payload
   */
  byte[] prepare(int lanes, int eventBytes) throws IOException {
    try (Selector selector = Selector.open()) {
      BenchConnection connection = new BenchConnection(port, token);
      connection.register(selector);
      for (int lane = 0; lane <= lanes; lane++) {
        String created =
            ask(
                connection,
                selector,
                "{\"type\":\"CreateTicket\",\"requestId\":\"r\",\"ticket\":{\"title\":\"bench\"}}");
        tickets.add(Integer.parseInt(created.replaceAll(".*\"number\":([0-9]+).*", "$1")));
      }
      // The last ticket is that of the trial.
      int more = eventBytes - ask(connection, selector, trial(lanes)).length();
      textLength = Math.max(15, textLength + more + ",\"requestId\":\"r\"".length());
      String event = ask(connection, selector, trial(lanes));
      textLength -= Math.min(GROWTH, textLength - 15);
      connection.close();
      return event.replace(",\"requestId\":\"r\"", "").getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * The answer to one request on a connection of its own.
   *
   * @param fields without the braces and the requestId
   */
  String ask(String fields) throws IOException {
    BenchConnection connection = new BenchConnection(port, token);
    try (Selector selector = Selector.open()) {
      connection.register(selector);
      return ask(connection, selector, "{" + fields + ",\"requestId\":\"r\"}");
    } finally {
      connection.close();
    }
  }

  private String trial(int lane) {
    return new String(request(lane, 0), StandardCharsets.UTF_8);
  }

  private static String ask(BenchConnection connection, Selector selector, String request)
      throws IOException {
    String[] answer = new String[1];
    connection.send(request);
    while (answer[0] == null) {
      selector.select(1_000);
      selector.selectedKeys().clear();
      connection.read(
          (from, payload) -> {
            String text = StandardCharsets.UTF_8.decode(payload).toString();
            if (text.contains("\"requestId\":\"r\"")) {
              answer[0] = text;
            }
          });
    }
    return answer[0];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public ProcessorTime time() {
    return time;
  }

  @Override
  public BenchConnection watcher() throws IOException {
    BenchConnection watcher = new BenchConnection(port, token);
    watcher.send("{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true,\"limit\":1}");
    return watcher;
  }

  @Override
  public BenchConnection writer(int writer) throws IOException {
    return new BenchConnection(port, token);
  }

  @Override
  public byte[] request(int lane, int number) {
    if (creates) {
      return CREATE
          .formatted(EventText.text(lane, number, TITLE), (number + " ").repeat(100))
          .getBytes(StandardCharsets.UTF_8);
    }
    return COMMENT
        .formatted(tickets.get(lane), EventText.text(lane, number, textLength))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean ready(ByteBuffer payload) {
    return payload.remaining() > SNAPSHOT.length
        && ByteBuffer.wrap(SNAPSHOT).equals(payload.slice(payload.position(), SNAPSHOT.length));
  }

  @Override
  public boolean readyAtOnce() {
    return false;
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable one : owned) {
      try {
        one.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
