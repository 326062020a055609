package org.lesbillets.server.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.lesbillets.model.WireLimits;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.world.TimeSource;

/**
 * Filter in front of the WebSocket filter: authorizes handshakes, passes admitted connections to
 * the endpoint, enforces the bounds on frames and unread pongs, and reports arrivals to the
 * session's liveness monitor.
 *
 * <p>Grizzly's I/O threads. Holds the connections without a session; {@link #dropIdle} drops those
 * whose timeout has passed.
 *
 * <pre>
 *   ACCEPTED --- HTTP request ---> (answered) ACCEPTED --- timeout ---> dropped
 *       | upgrade, authorized
 *       v
 *   SESSION --- leaves: close frame under way ---> LEAVING --- closed, or timeout ---> dropped
 * </pre>
 */
final class AdmissionFilter extends BaseFilter {
  private static final Attribute<FrameMeter> METER =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-meter");

  /** RFC 6455: the message is too big. */
  private static final int TOO_BIG = 1009;

  /** Twice the largest write a session makes. */
  private static final int MAX_UNSENT_BYTES = 2 * WireLimits.SERVER_MESSAGE_BYTES;

  private static final Attribute<ClientSession> SESSION =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-session");

  private final HandshakeAuthorizer authorizer;
  private final TimeSource time;
  private final long idleNanos;
  private final Map<Connection<?>, Long> waiting = new ConcurrentHashMap<>();

  AdmissionFilter(HandshakeAuthorizer authorizer, TimeSource time, Duration idleTimeout) {
    this.authorizer = authorizer;
    this.time = time;
    this.idleNanos = idleTimeout.toNanos();
  }

  /**
   * Starts the timeout of a close. The layer above closes the connection once its own close frame
   * has left, which it writes after it has called back.
   */
  void leaves(Connection<?> connection) {
    waiting.put(connection, time.nanos());
  }

  /** Assigns a connection to its session. */
  void belongs(Connection<?> connection, ClientSession session) {
    SESSION.set(connection, session);
    waiting.remove(connection);
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    waiting.put(context.getConnection(), time.nanos());
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    waiting.remove(context.getConnection());
    ClientSession session = SESSION.get(context.getConnection());
    if (session != null) {
      session.end("its connection closed");
    }
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    AdmittedConnection.none();
    ClientSession session = SESSION.get(context.getConnection());
    HttpContent content = context.getMessage();
    if (session != null) {
      session.arrived();
      endIfGreedy(context.getConnection(), session);
      return metered(context, content, session);
    }
    HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
    if (!"websocket".equalsIgnoreCase(request.getUpgrade())) {
      waiting.put(context.getConnection(), time.nanos());
      return context.getInvokeAction();
    }
    HandshakeAuthorizer.Verdict verdict =
        authorizer.admit(
            request.getRequestURI(),
            request.getHeader("Origin"),
            request.getHeader("Authorization"));
    if (!verdict.isAdmitted()) {
      return refuse(context, request, verdict);
    }
    METER.set(context.getConnection(), new FrameMeter(TicketEndpoint.MAX_FRAME_BYTES));
    METER.get(context.getConnection()).isExceededBy(content.getContent());
    new AdmittedConnection(context.getConnection(), verdict.admitted()).announce();
    return context.getInvokeAction();
  }

  /** Stops passing bytes on once the header of a frame has announced too long a payload. */
  private static NextAction metered(
      FilterChainContext context, HttpContent content, ClientSession session) {
    if (METER.get(context.getConnection()).isExceededBy(content.getContent())) {
      session.close(
          TOO_BIG, "A frame is at most %d bytes.".formatted(TicketEndpoint.MAX_FRAME_BYTES));
      content.recycle();
      return context.getStopAction();
    }
    return context.getInvokeAction();
  }

  /** The layer above queues pongs without a bound: a peer that pings and never reads is cut. */
  private static void endIfGreedy(Connection<?> connection, ClientSession session) {
    if (((NIOConnection) connection).getAsyncWriteQueue().spaceInBytes() > MAX_UNSENT_BYTES) {
      session.end("it asks for much and reads nothing");
    }
  }

  private static NextAction refuse(
      FilterChainContext context, HttpRequestPacket request, HandshakeAuthorizer.Verdict verdict) {
    byte[] words = (verdict.sentence() + "\n").getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = request.getResponse();
    response.setStatus(verdict.status());
    response.setContentType("text/plain");
    response.setCharacterEncoding("utf-8");
    response.setContentLength(words.length);
    response.setHeader("Connection", "close");
    if (verdict.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    HttpContent content =
        response
            .httpContentBuilder()
            .content(Buffers.wrap(context.getMemoryManager(), words))
            .last(true)
            .build();
    context.write(content);
    Connection<?> connection = context.getConnection();
    context.flush(
        new EmptyCompletionHandler<>() {
          @Override
          public void completed(Object result) {
            connection.closeSilently();
          }
        });
    return context.getStopAction();
  }

  /** Drops connections whose timeout without a request has passed. Any thread, periodically. */
  void dropIdle() {
    long now = time.nanos();
    waiting.forEach(
        (connection, since) -> {
          if (now - since > idleNanos) {
            waiting.remove(connection);
            connection.terminateSilently();
          }
        });
  }
}
