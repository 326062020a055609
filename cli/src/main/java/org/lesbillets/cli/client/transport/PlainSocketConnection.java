package org.lesbillets.cli.client.transport;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.HandshakeHeaders;

/**
 * A WebSocket on a socket, with the TLS of Java, for a connection that is over after an answer or a
 * few: it is up in a fraction of the time that loading Tyrus takes. Also every connection over a
 * Unix domain socket, which Tyrus does not have. Thread-safe.
 *
 * <p>One daemon thread, "billets-line", connects and then reads; it stops reading while its
 * listener works (back-pressure). A {@link FrameSender} writes, with a bounded queue.
 *
 * <pre>
 *   CONNECTING --handshake--> OPEN --close frame, error, close--> ENDED
 *        | refused, timeout                                         ^
 *        +----------------------------------------------------------+
 * </pre>
 */
public final class PlainSocketConnection implements WebSocketConnection {
  private static final int BUFFER_BYTES = 32 * 1024;

  private final URI server;
  private final ConnectionSecurity security;
  private final Listener listener;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /** Guarded by the monitor, as are the next three; set once the handshake is done. */
  private FrameSender sender;

  private Closeable socket;
  private String knownBy;
  private boolean ended;

  private PlainSocketConnection(URI server, ConnectionSecurity security, Listener listener) {
    this.server = server;
    this.security = security;
    this.listener = listener;
  }

  /**
   * Connects, and blocks until the handshake is done.
   *
   * @throws HandshakeRefusedException if the answer is not the upgrade that was asked for
   * @throws ListenerRefusedException if the listener may not have the token
   */
  public static PlainSocketConnection open(
      URI server, ConnectionSecurity security, Duration timeout, Listener listener)
      throws IOException, TimeoutException, InterruptedException {
    PlainSocketConnection connection = new PlainSocketConnection(server, security, listener);
    connection.start(timeout);
    boolean open = false;
    try {
      connection.opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      open = true;
      return connection;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      if (!open) {
        connection.end(null);
      }
    }
  }

  private void start(Duration patience) {
    Thread thread =
        new Thread("billets-line") {
          @Override
          public void run() {
            live(patience);
          }
        };
    thread.setDaemon(true);
    thread.start();
  }

  private void live(Duration patience) {
    InputStream in;
    try {
      in = handshake(patience);
    } catch (IOException | RuntimeException e) {
      opened.completeExceptionally(e);
      return;
    }
    opened.complete(null);
    read(in);
  }

  private InputStream handshake(Duration patience) throws IOException {
    if (server.getScheme().equals("unix")) {
      UnixSocket local = owned(new UnixSocket());
      local.connect(server.getPath(), security);
      return upgraded(local.input(listener), local.output(listener));
    }
    Socket plain = connected(InetAddress.getAllByName(server.getHost()), patience);
    plain.setTcpNoDelay(true);
    Socket connected =
        security.tls() == null ? plain : TlsSocket.over(plain, server, security.tls());
    return upgraded(connected.getInputStream(), connected.getOutputStream());
  }

  private InputStream upgraded(InputStream from, OutputStream to) throws IOException {
    Handshake handshake = new Handshake(StrongRandom.bytes(Handshake.NONCE_BYTES));
    to.write(handshake.request(server, security.headers()));
    InputStream in = new BufferedInputStream(from, BUFFER_BYTES);
    begin(to, handshake.readAnswer(in).get(HandshakeHeaders.KNOWN_BY.toLowerCase(Locale.ROOT)));
    return in;
  }

  /**
   * A socket to the first address that accepts and may have the token; all but the last have a
   * share of the time.
   */
  private Socket connected(InetAddress[] addresses, Duration patience) throws IOException {
    int share = (int) Math.min(Integer.MAX_VALUE, patience.toMillis() / addresses.length + 1);
    IOException last = null;
    for (int i = 0; i < addresses.length; i++) {
      // Without a look-up of proxies, which Tyrus does not do either: it costs start-up time.
      Socket attempt = owned(new Socket(Proxy.NO_PROXY));
      try {
        boolean isLast = i == addresses.length - 1;
        connect(attempt, addresses[i], isLast ? 0 : share);
        return attempt;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private void connect(Socket attempt, InetAddress host, int timeoutMillis) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, server.getPort());
    ListenerGuard guard = ListenerGuard.of(server, address, security);
    guard.beforeConnecting();
    attempt.connect(address, timeoutMillis);
    guard.beforeSending();
  }

  /** A socket that is closed when this connection ends. */
  private synchronized <S extends Closeable> S owned(S fresh) throws IOException {
    socket = fresh;
    if (ended) {
      cut(fresh);
      throw new IOException("nobody waits for it any more");
    }
    return fresh;
  }

  private synchronized void begin(OutputStream out, String knownBy) throws IOException {
    if (ended) {
      throw new IOException("nobody waits for it any more");
    }
    sender = new FrameSender(out, this);
    this.knownBy = knownBy != null && knownBy.matches("[a-z]{1,20}") ? knownBy : null;
  }

  @Override
  public synchronized String knownBy() {
    return knownBy;
  }

  private void read(InputStream in) {
    try {
      new FrameReader(in, WireLimits.SERVER_MESSAGE_BYTES, new Incoming()).readToClose();
    } catch (ProtocolViolationException e) {
      String broken = "it broke the rules of WebSocket: " + e.getMessage();
      end(new CloseNotice(e.code(), broken));
    } catch (IOException e) {
      end(new CloseNotice(CloseCode.ABNORMAL, ""));
    } catch (RuntimeException | Error e) {
      end(
          new CloseNotice(
              CloseCode.UNEXPECTED_CONDITION, "this program failed on what came: " + e));
    }
  }

  /** Messages for the listener; control frames are answered here. */
  private final class Incoming implements FrameReader.Listener {
    @Override
    public void onText(String text) {
      listener.onText(text);
    }

    @Override
    public void onPing(byte[] payload) {
      enqueue(Frames.pong(payload, mask()));
    }

    @Override
    public void onPong() {
      listener.onBytes();
    }

    @Override
    public void onClose(int code, String reason) {
      end(new CloseNotice(code, reason));
    }
  }

  private static byte[] mask() {
    return StrongRandom.bytes(Frames.MASK_BYTES);
  }

  @Override
  public void send(String text) {
    enqueue(Frames.text(text, mask()));
  }

  @Override
  public void ping() {
    enqueue(Frames.ping(mask()));
  }

  private void enqueue(byte[] frame) {
    FrameSender open = sender();
    if (open != null && !open.send(frame)) {
      close(CloseCode.ABNORMAL, "the server reads too slowly");
    }
  }

  private synchronized FrameSender sender() {
    return sender;
  }

  @Override
  public void close(int code, String reason) {
    end(new CloseNotice(code, reason));
  }

  /**
   * Ends the connection; only the first call counts.
   *
   * @param notice for the listener; null if the connection was never open
   */
  void end(CloseNotice notice) {
    FrameSender open;
    Closeable connected;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      open = sender;
      connected = socket;
    }
    if (notice != null) {
      listener.onClosed(notice);
    }
    if (open != null) {
      open.finish(goodbye(notice));
    }
    cut(connected);
  }

  private static byte[] goodbye(CloseNotice notice) {
    int code = notice == null ? CloseCode.NORMAL : notice.code();
    return Frames.close(CloseCode.isSendable(code) ? code : CloseCode.NORMAL, "", mask());
  }

  private static void cut(Closeable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is closed already, which is all that was wanted.
    }
  }
}
