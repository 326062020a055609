package org.lesbillets.cli.client.transport;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.threadpool.AbstractThreadPool;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.threadpool.ThreadPoolProbe;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.RetryAfterException;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.glassfish.tyrus.client.auth.AuthenticationException;
import org.glassfish.tyrus.container.grizzly.client.GrizzlyClientProperties;
import org.glassfish.tyrus.core.HandshakeException;
import org.lesbillets.model.WireLimits;

/**
 * A WebSocket of Tyrus on Grizzly, whose threads are daemons; thread-safe. Reads in order, and
 * stops reading while its listener works (back-pressure). Outgoing messages wait in Grizzly's
 * queue, which is bounded by the requests of one connection that may be unanswered.
 */
public final class TyrusConnection extends Endpoint implements WebSocketConnection {
  /** Twice the largest message, so that one and the beginning of the next fit in a read. */
  private static final int INCOMING_BUFFER_BYTES = 2 * WireLimits.SERVER_MESSAGE_BYTES;

  private static final int WORKERS = 2;

  /**
   * A strong reference, without which it loses its level: no stack trace may reach the terminal.
   */
  private static final Logger LIBRARIES = Logger.getLogger("org.glassfish");

  static {
    LIBRARIES.setLevel(Level.OFF);
  }

  private final Listener listener;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Session session;
  private volatile boolean abandoned;

  private TyrusConnection(Listener listener) {
    this.listener = listener;
  }

  /**
   * Connects, and blocks until the handshake is done.
   *
   * @throws HandshakeRefusedException if the answer is not the upgrade that was asked for
   * @throws ListenerRefusedException if the listener may not have the token
   */
  public static TyrusConnection open(
      URI server, ConnectionSecurity security, Duration timeout, Listener listener)
      throws IOException, TimeoutException, InterruptedException {
    TyrusConnection connection = new TyrusConnection(listener);
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    LateToken token = new LateToken(security, ListenerGuard.of(server, address, security));
    long begin = System.nanoTime();
    try {
      token.guard.beforeConnecting();
      connection.session = connection.handshake(server, token, timeout);
      return connection;
    } catch (DeploymentException | ExecutionException | RuntimeException e) {
      if (token.refusal == null && System.nanoTime() - begin >= timeout.toNanos()) {
        throw new TimeoutException(); // Tyrus noticed it first.
      }
      throw token.refusal == null ? failure(e) : token.refusal;
    } finally {
      if (connection.session == null) {
        connection.abandon();
      }
    }
  }

  /** The same failures as of a {@link PlainSocketConnection}. */
  private static IOException failure(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException) {
        return new HandshakeRefusedException(401);
      }
      if (cause instanceof RetryAfterException) {
        return new HandshakeRefusedException(503);
      }
      if (cause instanceof HandshakeException handshake) {
        return new HandshakeRefusedException(handshake.getHttpStatusCode());
      }
    }
    return new IOException(problem);
  }

  private Session handshake(URI server, LateToken token, Duration patience)
      throws DeploymentException, ExecutionException, TimeoutException, InterruptedException {
    ClientManager container = ClientManager.createClient();
    container.setDefaultMaxTextMessageBufferSize(WireLimits.SERVER_MESSAGE_BYTES);
    Map<String, Object> properties = container.getProperties();
    properties.put(ClientProperties.INCOMING_BUFFER_SIZE, INCOMING_BUFFER_BYTES);
    properties.put(GrizzlyClientProperties.WORKER_THREAD_POOL_CONFIG, workers());
    properties.put(
        ClientProperties.HANDSHAKE_TIMEOUT,
        (int) Math.min(Math.max(1, patience.toMillis()), Integer.MAX_VALUE));
    SSLContext tls = token.security.tls();
    if (tls != null) {
      SslEngineConfigurator engines = new SslEngineConfigurator(tls, true, false, false);
      engines.setEnabledProtocols(ConnectionSecurity.protocols()).setHostVerificationEnabled(true);
      properties.put(ClientProperties.SSL_ENGINE_CONFIGURATOR, engines);
    }
    Future<Session> opening = container.asyncConnectToServer(this, configuration(token), server);
    token.cancelOnRefusal(opening);
    return opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** As many workers as the default of Tyrus. Each readiness of the socket is a task of theirs. */
  private ThreadPoolConfig workers() {
    ThreadPoolConfig workers =
        ThreadPoolConfig.defaultConfig().setCorePoolSize(WORKERS).setMaxPoolSize(WORKERS);
    workers
        .getInitialMonitoringConfig()
        .addProbes(
            new ThreadPoolProbe.Adapter() {
              @Override
              public void onTaskDequeueEvent(AbstractThreadPool pool, Runnable task) {
                listener.onBytes();
              }
            });
    return workers;
  }

  private static ClientEndpointConfig configuration(LateToken token) {
    return ClientEndpointConfig.Builder.create().configurator(new Headers(token)).build();
  }

  /** Gives the handshake up: a session that opens later is closed at once. */
  private void abandon() {
    abandoned = true;
    closed.set(true);
    end(session, CloseReason.CloseCodes.GOING_AWAY, "");
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    this.session = session;
    // Not 0: that starts a timer with every message sent.
    session.setMaxIdleTimeout(-1);
    session.addMessageHandler(String.class, (MessageHandler.Whole<String>) listener::onText);
    if (abandoned) {
      end(session, CloseReason.CloseCodes.GOING_AWAY, "");
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    // Without a close frame the reason is the library's own.
    boolean given = reason.getReasonPhrase() != null && code != CloseCode.ABNORMAL;
    closed(new CloseNotice(code, given ? reason.getReasonPhrase() : ""));
  }

  @Override
  public void onError(Session session, Throwable problem) {
    close(CloseCode.UNEXPECTED_CONDITION, "this program failed on what came: " + problem);
  }

  private void closed(CloseNotice notice) {
    if (closed.compareAndSet(false, true)) {
      listener.onClosed(notice);
    }
  }

  @Override
  public void send(String text) {
    try {
      session
          .getAsyncRemote()
          .sendText(
              text,
              result -> {
                if (!result.isOK()) {
                  close(CloseCode.ABNORMAL, "a message could not be sent");
                }
              });
    } catch (RuntimeException e) {
      // Tyrus throws many kinds when the connection ends at this moment.
      close(CloseCode.ABNORMAL, "a message could not be sent");
    }
  }

  @Override
  public void ping() {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException e) {
      close(CloseCode.ABNORMAL, "a ping could not be sent");
    }
  }

  @Override
  public void close(int code, String reason) {
    closed(new CloseNotice(code, reason));
    end(session, CloseReason.CloseCodes.NORMAL_CLOSURE, "");
  }

  private static void end(Session session, CloseReason.CloseCode code, String reason) {
    try {
      if (session != null && session.isOpen()) {
        session.close(new CloseReason(code, reason));
      }
    } catch (IOException | RuntimeException e) {
      // It is closed already, which is all that was wanted.
    }
  }

  /** The headers of the handshake. */
  private static final class Headers extends ClientEndpointConfig.Configurator {
    private final LateToken token;

    Headers(LateToken token) {
      this.token = token;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      // This is no browser; a server with a list of origins would refuse a made-up one.
      headers.remove("Origin");
      if (!token.security.token().isEmpty()) {
        headers.put("Authorization", token);
      }
      token.security.nameClient(headers);
    }
  }

  /**
   * The value of the header with the token. Tyrus asks for the headers before it connects, and for
   * their values when it writes the request on the connection: the guard's second look-up is then.
   */
  private static final class LateToken extends AbstractList<String> {
    private final ConnectionSecurity security;
    private final ListenerGuard guard;
    private volatile IOException refusal;
    private Future<?> opening;

    LateToken(ConnectionSecurity security, ListenerGuard guard) {
      this.security = security;
      this.guard = guard;
    }

    @Override
    public String get(int index) {
      try {
        guard.beforeSending();
        return "Bearer " + security.token();
      } catch (IOException e) {
        refuse(e);
        throw new UncheckedIOException(e);
      }
    }

    private synchronized void refuse(IOException reason) {
      refusal = reason;
      if (opening != null) {
        opening.cancel(true);
      }
    }

    /** Tyrus would let an attempt that fails so run into its time limit. */
    synchronized void cancelOnRefusal(Future<?> attempt) {
      opening = attempt;
      if (refusal != null) {
        opening.cancel(true);
      }
    }

    @Override
    public int size() {
      return 1;
    }
  }
}
