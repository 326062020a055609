package org.lesbillets.server.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.lesbillets.server.desk.TimeSource;
import org.lesbillets.server.session.ClientSession;

/**
 * Sees every read before the WebSocket filter does: refuses handshakes, hands admitted ones to the
 * endpoint, and notes that a session's peer is alive.
 *
 * <p>Runs on Grizzly's threads. Knows the connections that have no session yet; {@link #dropIdle}
 * drops those that take too long.
 */
final class AdmissionFilter extends BaseFilter {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Attribute<ClientSession> SESSION =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-session");

  private final Gatekeeper gatekeeper;
  private final TimeSource time;
  private final Map<Connection<?>, Long> waiting = new ConcurrentHashMap<>();

  AdmissionFilter(Gatekeeper gatekeeper, TimeSource time) {
    this.gatekeeper = gatekeeper;
    this.time = time;
  }

  /** From now on what the connection reads is the session's. */
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
    Arrival.none();
    ClientSession session = SESSION.get(context.getConnection());
    if (session != null) {
      session.heard();
      return context.getInvokeAction();
    }
    HttpContent content = context.getMessage();
    HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
    if (!"websocket".equalsIgnoreCase(request.getUpgrade())) {
      waiting.put(context.getConnection(), time.nanos());
      return context.getInvokeAction();
    }
    Gatekeeper.Verdict verdict =
        gatekeeper.admit(
            request.getRequestURI(),
            request.getHeader("Origin"),
            request.getHeader("Authorization"));
    if (!verdict.isAdmitted()) {
      return refuse(context, request, verdict);
    }
    new Arrival(context.getConnection(), verdict.admitted()).announce();
    return context.getInvokeAction();
  }

  private static NextAction refuse(
      FilterChainContext context, HttpRequestPacket request, Gatekeeper.Verdict verdict) {
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
    context.flush(new CloseAfterFlush(context.getConnection()));
    return context.getStopAction();
  }

  /** Drops connections that have asked for nothing for 5 s. Any thread, now and then. */
  void dropIdle() {
    long now = time.nanos();
    waiting.forEach(
        (connection, since) -> {
          if (now - since > PATIENCE_NANOS) {
            waiting.remove(connection);
            connection.terminateSilently();
          }
        });
  }
}
