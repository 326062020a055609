package org.lesbillets.server.journal.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes connections on to a port of the loopback interface, until it is told to lose what comes
 * back: from then on requests still arrive, and nobody hears of it. Two threads a connection.
 */
final class LossyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean losing;

  LossyProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Loses all answers. */
  void lose() {
    losing = true;
  }

  /** Ends the connections whose answers it has lost, and is honest again. */
  void reset() {
    losing = false;
    open.forEach(LossyProxy::end);
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.addAll(List.of(client, server));
        daemon(() -> pass(client, server, false));
        daemon(() -> pass(server, client, true));
      }
    } catch (IOException e) {
      // It was closed, or its target is gone, and so are the connections.
      open.forEach(LossyProxy::end);
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      // Behind what is lost nothing arrives any more: a connection has no holes.
      boolean lost = false;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lost |= answers && losing;
        if (!lost) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // One of the two has ended.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }
}
