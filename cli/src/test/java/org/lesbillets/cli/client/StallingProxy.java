package org.lesbillets.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on a free loopback port that can stop to forward without closing anything, as a
 * network does whose cable is out: connections stay, new ones are accepted, and no byte passes. It
 * can also drop bytes, after which their connection stays silent for ever; reset connections, on
 * both sides or on the server's alone; and delay each piece.
 */
public final class StallingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile long delayMillis;

  /** Guarded by this. */
  private Mode mode = Mode.FORWARD;

  private enum Mode {
    FORWARD,
    STALL,
    SWALLOW
  }

  /**
   * One client's connection; silent once a byte of it was dropped, or its server's side is gone.
   */
  private static final class Link {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean silent;

    Link(Socket client) {
      this.client = client;
    }
  }

  private StallingProxy(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  /** One that forwards to a port of the loopback interface. */
  public static StallingProxy to(int target) {
    try {
      StallingProxy proxy =
          new StallingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      proxy.daemon(proxy::acceptAll);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Work that ends when a socket does. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // A socket was closed: that is how all work here ends.
              }
            },
            "stalling-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() throws IOException {
    while (true) {
      Link link = new Link(socket.accept());
      links.add(link);
      daemon(() -> connect(link));
    }
  }

  private void connect(Link link) throws IOException, InterruptedException {
    try {
      if (mayForward()) {
        link.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        daemon(() -> pump(link, link.server, link.client));
      } else {
        link.silent = true;
      }
      pump(link, link.client, link.server);
    } finally {
      links.remove(link);
      link.client.close();
      link.server.close();
    }
  }

  /** Ends both sides with the one it reads, but for the client's side of a silent connection. */
  private void pump(Link link, Socket from, Socket to) throws IOException, InterruptedException {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        link.silent |= !mayForward();
        if (!link.silent) {
          to.getOutputStream().write(buffer, 0, count);
        }
      }
      mayForward();
    } finally {
      if (!link.silent || from == link.client) {
        link.client.close();
      }
      link.server.close();
    }
  }

  /** Whether bytes pass now, and not nowhere; waits while nothing is forwarded. */
  private boolean mayForward() throws InterruptedException {
    if (delayMillis > 0) {
      long millis = ThreadLocalRandom.current().nextLong(delayMillis + 1);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    synchronized (this) {
      while (mode == Mode.STALL) {
        wait();
      }
      return mode == Mode.FORWARD;
    }
  }

  /** Forwards nothing any more. */
  public void stall() {
    change(Mode.STALL);
  }

  /** Drops what arrives: connections that lose a byte stay silent, and new ones are silent. */
  public void swallow() {
    change(Mode.SWALLOW);
  }

  /** Forwards again what was held back, and what comes. */
  public void forward() {
    change(Mode.FORWARD);
  }

  private synchronized void change(Mode next) {
    mode = next;
    notifyAll();
  }

  /** Delays each piece from now on by a random time up to this; 0 for not at all. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Resets all connections, and forwards what comes over new ones. */
  public void reset() {
    for (Link link : new ArrayList<>(links)) {
      reset(link.client);
      reset(link.server);
    }
    forward();
  }

  /** Resets the server's sides of all connections; the clients' stay open and silent. */
  public void halfOpen() {
    for (Link link : new ArrayList<>(links)) {
      link.silent = true;
      reset(link.server);
    }
  }

  private static void reset(Socket one) {
    try {
      one.setSoLinger(true, 0);
      one.close();
    } catch (IOException e) {
      // Its own thread closes it when either side does.
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  public ServerAddress address() {
    return new ServerAddress(URI.create("ws://127.0.0.1:" + port() + "/tickets"));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reset();
    }
  }
}
