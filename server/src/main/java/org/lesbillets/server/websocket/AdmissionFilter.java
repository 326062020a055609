package org.lesbillets.server.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.nio.NIOConnection;
import org.lesbillets.model.WireLimits;
import org.lesbillets.server.measure.Tally;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.session.SessionRegistry;
import org.lesbillets.server.world.TimeSource;

/**
 * Filter in front of the WebSocket filter: answers or refuses each request, passes admitted
 * connections to the endpoint, enforces the bounds on frames and unread pongs, and reports arrivals
 * to the session's liveness monitor.
 *
 * <p>Grizzly's I/O threads; {@link #sweep} on the thread "door". A connection gets one response,
 * and no request extends its time.
 *
 * <pre>
 *   ACCEPTED --- request: response, closed ---> ANSWERED --- closed, or timeout ---> dropped
 *       | upgrade, authorized
 *       v
 *   SESSION --- leaves: close frame under way ---> LEAVING --- closed, or timeout ---> dropped
 * </pre>
 */
final class AdmissionFilter extends BaseFilter {
  private static final Attribute<FrameMeter> METER =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-meter");

  /** Set when what else arrives is dropped: a response or a close frame is under way. */
  private static final Attribute<Boolean> DONE =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-done");

  private static final Attribute<ClientSession> SESSION =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("les-billets-session");

  /** RFC 6455: the message is too big. */
  private static final int TOO_BIG = 1009;

  private static final String OVERDUE = "A message took too long to arrive: send it in one go.";

  /** Twice the largest write a session makes. */
  private static final int MAX_UNSENT_BYTES = 2 * WireLimits.SERVER_MESSAGE_BYTES;

  private final RequestAuthorizer authorizer;
  private final TimeSource time;
  private final RefusalLog refusals;
  private final AnonymousConnections anonymous;
  private final UnfinishedMessages unfinished;
  private final long leavingNanos;
  private final Map<Connection<?>, Long> leaving = new ConcurrentHashMap<>();

  AdmissionFilter(
      RequestAuthorizer authorizer, TimeSource time, EdgeLimits limits, Tally<String> counts) {
    this.refusals = new RefusalLog(counts);
    this.authorizer = authorizer;
    this.time = time;
    this.anonymous = new AnonymousConnections(limits, AdmissionFilter::hasUnread);
    this.unfinished = new UnfinishedMessages(limits);
    this.leavingNanos = limits.handshake().toNanos();
  }

  /**
   * Starts the timeout of a close. The layer above closes the connection once its own close frame
   * has left, which it writes after it has called back.
   */
  void leaves(Connection<?> connection) {
    leaving.put(connection, time.nanos());
    if (!connection.isOpen()) {
      leaving.remove(connection);
    }
  }

  /** The connections whose session is over and that are not closed yet. */
  int leaving() {
    return leaving.size();
  }

  /** Assigns a connection to its session. */
  void belongs(Connection<?> connection, ClientSession session) {
    connection.setReadBufferSize(SessionIoStrategy.READ_BYTES);
    SESSION.set(connection, session);
    anonymous.remove(connection);
  }

  /** Whether few small messages of a session come next. For the thread that is about to read. */
  static boolean isBrief(Connection<?> connection) {
    return SESSION.isSet(connection) && METER.get(connection).isBrief();
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    Connection<?> connection = context.getConnection();
    cut(anonymous.add(connection, peer(connection), time.nanos()), Refusal.CROWDED);
    return context.getInvokeAction();
  }

  private static boolean hasUnread(Connection<?> connection) {
    if (UnixConnection.isLookingUp(connection)) {
      return true;
    }
    try (Selector probe = Selector.open()) {
      ((NIOConnection) connection).getChannel().register(probe, SelectionKey.OP_READ);
      return probe.selectNow() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The name of the other end in the log. */
  private static String peer(Connection<?> connection) {
    if (connection instanceof UnixConnection unix) {
      return unix.toString();
    }
    return connection.getPeerAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unknown";
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    anonymous.remove(context.getConnection());
    leaving.remove(context.getConnection());
    unfinished.release(context.getConnection());
    ClientSession session = SESSION.get(context.getConnection());
    if (session != null) {
      session.end(SessionEnd.CONNECTION_CLOSED);
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
      return session.gate().isReadable()
          ? metered(context, content, session)
          : suspend(context, session);
    }
    if (DONE.isSet(context.getConnection())) {
      return dropped(context, content);
    }
    String peer = peer(context.getConnection());
    Caller caller = Caller.byPort(peer);
    if (context.getConnection() instanceof UnixConnection unix) {
      if (!unix.login().isDone()) {
        return identify(context, unix);
      }
      caller = new Caller(peer, unix.identified(), unix.again());
    }
    return judged(context, content, caller);
  }

  private NextAction judged(FilterChainContext context, HttpContent content, Caller caller) {
    HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
    String peer = caller.peer();
    RequestAuthorizer.Verdict verdict =
        authorizer.judge(request, caller, content.getContent().hasRemaining());
    if (verdict.refusal() != null) {
      refusals.count(peer, verdict.refusal());
    }
    if (!verdict.isAdmitted()) {
      return answer(context, request, verdict.answer());
    }
    METER.set(context.getConnection(), new FrameMeter(TicketEndpoint.MAX_FRAME_BYTES));
    verdict.admitted().headers().forEach(request.getResponse()::setHeader);
    new AdmittedConnection(context.getConnection(), verdict.admitted()).announce();
    return context.getInvokeAction();
  }

  /** Leaves the request until the groups of its user are known. */
  private static NextAction identify(FilterChainContext context, UnixConnection connection) {
    Executor readers = connection.getTransport().getWorkerThreadPool();
    context.suspend();
    connection.login().thenRunAsync(context::resume, readers);
    return context.getSuspendAction();
  }

  /**
   * Leaves these bytes, and all after them, until the session may be read again; this filter then
   * runs again, on one of the threads that read.
   */
  private static NextAction suspend(FilterChainContext context, ClientSession session) {
    Executor readers = context.getConnection().getTransport().getWorkerThreadPool();
    context.suspend();
    session.gate().suspend(() -> readers.execute(context::resume));
    return context.getSuspendAction();
  }

  private static boolean isRead(Connection<?> connection) {
    return SESSION.get(connection).gate().isReadable();
  }

  private static NextAction dropped(FilterChainContext context, HttpContent content) {
    content.recycle();
    return context.getStopAction();
  }

  /** Passes bytes on, up to the first frame that may not be, or message that holds too much. */
  private NextAction metered(
      FilterChainContext context, HttpContent content, ClientSession session) {
    Connection<?> connection = context.getConnection();
    if (DONE.isSet(connection)) {
      return dropped(context, content);
    }
    FrameMeter meter = METER.get(connection);
    boolean held = meter.isUnfinished();
    FrameMeter.Violation violation = meter.check(content.getContent());
    if (violation != null) {
      refuse(connection, Refusal.BAD_FRAME, violation);
      return dropped(context, content);
    }
    if (meter.isUnfinished()) {
      String excess =
          unfinished.hold(connection, session.agent(), meter.unfinishedBytes(), time.nanos());
      if (excess != null) {
        refuse(connection, Refusal.UNFINISHED, new FrameMeter.Violation(TOO_BIG, excess));
        return dropped(context, content);
      }
    } else if (held) {
      unfinished.release(connection);
    }
    return context.getInvokeAction();
  }

  private void refuse(Connection<?> connection, Refusal refusal, FrameMeter.Violation violation) {
    ClientSession session = SESSION.get(connection);
    DONE.set(connection, true);
    refusals.count(peer(connection) + " (" + session.agent() + ")", refusal);
    session.close(violation.code(), violation.sentence());
  }

  /** The layer above queues pongs without a bound: a peer that pings and never reads is cut. */
  private static void endIfGreedy(Connection<?> connection, ClientSession session) {
    if (((NIOConnection) connection).getAsyncWriteQueue().spaceInBytes() > MAX_UNSENT_BYTES) {
      session.end(SessionEnd.GREEDY);
    }
  }

  /** What arrives after the response is dropped. */
  private static NextAction answer(
      FilterChainContext context, HttpRequestPacket request, HttpAnswer answer) {
    DONE.set(context.getConnection(), true);
    answer.send(context, request);
    return context.getStopAction();
  }

  private void cut(List<AnonymousConnections.Entry> entries, Refusal refusal) {
    for (AnonymousConnections.Entry entry : entries) {
      refusals.count(entry.peer(), refusal);
      entry.connection().terminateSilently();
    }
  }

  /** Enforces the timeouts. One thread, several times a second. */
  void sweep() {
    long now = time.nanos();
    cut(anonymous.expired(now), Refusal.NO_SESSION);
    cut(anonymous.crowding(now), Refusal.CROWDED);
    for (Connection<?> connection : unfinished.overdue(now, AdmissionFilter::isRead)) {
      refuse(
          connection,
          Refusal.UNFINISHED,
          new FrameMeter.Violation(SessionRegistry.POLICY_VIOLATION, OVERDUE));
    }
    leaving.forEach(
        (connection, since) -> {
          if (now - since > leavingNanos) {
            leaving.remove(connection);
            connection.terminateSilently();
          }
        });
    refusals.flush(now);
  }
}
