package org.lesbillets.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Fuzz target of the edge, over a socket to a server in this process: whatever bytes a client
 * sends, the answer is one of HTTP that tells nothing of the inside, never a 500, no exception is
 * logged, and the server goes on. The first byte says what the others are: a request, what follows
 * a handshake, or one text message. For one thread.
 */
public final class EdgeFuzz {
  private static final String HANDSHAKE =
      "GET /tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
          + "Authorization: Bearer alice\r\n\r\n";

  private static final Set<String> STATUSES =
      Set.of(
          "101", "200", "400", "401", "403", "404", "405", "408", "413", "414", "417", "426", "429",
          "431", "501", "503", "505");

  private static final int CHECK_HEALTH_EVERY = 256;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final AtomicReference<String> LOGGED = new AtomicReference<>();
  private static TestServer server;
  private static int inputs;

  private EdgeFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    try {
      start();
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      String answer =
          switch (input[0] & 3) {
            case 1 -> exchange(joined(HANDSHAKE.getBytes(ISO_8859_1), rest));
            case 2 -> exchange(joined(HANDSHAKE.getBytes(ISO_8859_1), textFrame(rest)));
            default -> exchange(rest);
          };
      check(answer);
      inputs++;
      if (inputs % CHECK_HEALTH_EVERY == 0) {
        check(exchange("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(ISO_8859_1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void start() throws IOException {
    if (server == null) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
      server = TestServer.with(TestServer.edge(Duration.ofMillis(500)));
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      AppenderBase<ILoggingEvent> watch =
          new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
              // The configuration of the program turns those of the library off.
              boolean ours = !event.getLoggerName().startsWith("org.glassfish");
              if (ours && (event.getThrowableProxy() != null || event.getLevel() == Level.ERROR)) {
                LOGGED.set(event.getFormattedMessage() + " " + event.getThrowableProxy());
              }
            }
          };
      watch.setContext(context);
      watch.start();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(watch);
    }
  }

  /** Sends bytes and the end of the stream, and reads until the server closes. */
  private static String exchange(byte[] bytes) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // It may close before it has read everything.
    }
    return answer.toString(ISO_8859_1);
  }

  private static void check(String answer) {
    String logged = LOGGED.getAndSet(null);
    if (logged != null) {
      throw new AssertionError("logged: " + logged);
    }
    if (answer.isEmpty()) {
      return;
    }
    int end = answer.indexOf("\r\n\r\n");
    String head = end < 0 ? answer : answer.substring(0, end);
    if (!head.startsWith("HTTP/1.1 ") || !STATUSES.contains(head.substring(9, 12))) {
      throw new AssertionError("answered " + head);
    }
    if (!head.startsWith("HTTP/1.1 101")
        && answer.matches("(?is).*(java|grizzly|tyrus|glassfish).*")) {
      throw new AssertionError("told " + answer);
    }
  }

  /** A masked frame; of more than 125 bytes in the longer form. */
  private static byte[] textFrame(byte[] text) {
    ByteBuffer frame = ByteBuffer.allocate(text.length + 8).put((byte) 0x81);
    if (text.length < 126) {
      frame.put((byte) (0x80 | text.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) text.length);
    }
    frame.putInt(0).put(text);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
