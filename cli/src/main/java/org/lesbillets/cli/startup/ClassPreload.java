package org.lesbillets.cli.startup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import org.lesbillets.cli.client.PendingRequests;
import org.lesbillets.cli.client.transport.FrameReader;
import org.lesbillets.cli.client.transport.Frames;
import org.lesbillets.cli.client.transport.Handshake;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * Daemon thread that loads the classes of a short connection, by using them once, while the command
 * line and the settings are parsed: a fifth of the time of {@code list} where there is a second
 * processor. It connects to nothing.
 */
public final class ClassPreload extends Thread {
  private static final String WELCOME =
      "{\"type\":\"Welcome\",\"protocol\":1,\"server\":\"s\",\"journalId\":\"j\",\"revision\":1,"
          + "\"agent\":\"a\",\"role\":\"agent\",\"durable\":true}";

  private static final String TICKETS =
      "{\"type\":\"AllTickets\",\"requestId\":\"1\",\"tickets\":[{"
          + "\"id\":\"00000000-0000-3000-8000-000000000000\",\"number\":1,\"title\":\"t\","
          + "\"description\":\"\",\"status\":\"open\",\"priority\":\"normal\",\"assignee\":null,"
          + "\"requester\":null,\"reference\":null,\"tags\":[\"a\"],"
          + "\"createdAt\":\"2026-11-30T06:00:00.000Z\",\"createdBy\":\"a\","
          + "\"updatedAt\":\"2026-11-30T06:00:00.000Z\",\"updatedBy\":\"a\",\"revision\":1,"
          + "\"changedRevision\":1,\"commentCount\":0,\"lock\":null}],\"revision\":1,"
          + "\"journalId\":\"j\",\"more\":false,\"truncated\":false,\"total\":1}";

  private static final URI NOWHERE = URI.create("ws://127.0.0.1:1/tickets");

  private ClassPreload() {
    super("billets-preload");
    setDaemon(true);
  }

  /** Starts the thread. */
  public static void begin() {
    new ClassPreload().start();
  }

  @Override
  public void run() {
    try {
      load();
    } catch (IOException | WireFormatException | RuntimeException e) {
      // What fails here fails again where it is needed, and is reported there.
    }
  }

  /** Uses all of it once. */
  public static void load() throws IOException, WireFormatException {
    new InetSocketAddress(InetAddress.getAllByName(NOWHERE.getHost())[0], NOWHERE.getPort());
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setTcpNoDelay(true);
    }
    Handshake handshake = new Handshake(StrongRandom.bytes(Handshake.NONCE_BYTES));
    handshake.request(NOWHERE, "");
    Handshake.accept("");
    new PendingRequests();
    new FrameReader(InputStream.nullInputStream(), 0, null);
    Frames.text(
        MessageCodec.encode(new ClientMessage.Ping("1")), StrongRandom.bytes(Frames.MASK_BYTES));
    MessageCodec.decodeServerMessage(WELCOME);
    MessageCodec.decodeServerMessage(TICKETS);
  }
}
