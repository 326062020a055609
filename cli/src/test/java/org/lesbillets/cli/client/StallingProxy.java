package org.lesbillets.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on a free loopback port that can stop to forward without closing anything, as a
 * network does whose cable is out: connections stay, new ones are accepted, and no byte passes.
 */
public final class StallingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Guarded by this. */
  private boolean stalled;

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
      Socket client = socket.accept();
      sockets.add(client);
      daemon(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException, InterruptedException {
    awaitForwarding();
    Socket server = new Socket();
    sockets.add(server);
    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    daemon(() -> pump(client, server));
    pump(server, client);
  }

  private void pump(Socket from, Socket to) throws IOException, InterruptedException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        awaitForwarding();
        out.write(buffer, 0, count);
      }
      awaitForwarding();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private synchronized void awaitForwarding() throws InterruptedException {
    while (stalled) {
      wait();
    }
  }

  /** Forwards nothing any more. */
  public synchronized void stall() {
    stalled = true;
  }

  /** Forwards again what was held back, and what comes. */
  public synchronized void forward() {
    stalled = false;
    notifyAll();
  }

  /** Resets all connections, and forwards what comes over new ones. */
  public void reset() {
    new ArrayList<>(sockets).forEach(StallingProxy::reset);
    forward();
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
