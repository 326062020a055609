package org.lesbillets.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Unix domain socket in a folder of its own that hands each connection on to a loopback port,
 * with more headers in its request. Two daemon threads for each connection.
 */
public final class UnixSplice implements AutoCloseable {
  private final Path folder;
  private final ServerSocketChannel listener;
  private final int port;
  private final byte[] headers;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private UnixSplice(Path folder, ServerSocketChannel listener, int port, String headers) {
    this.folder = folder;
    this.listener = listener;
    this.port = port;
    this.headers = headers.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Opens the socket.
   *
   * @param headers lines to insert behind the request line, each with its CRLF
   */
  public static UnixSplice to(int port, String headers) {
    try {
      Path folder = Files.createTempDirectory("splice");
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(folder.resolve("desk.sock")));
      UnixSplice splice = new UnixSplice(folder, listener, port, headers);
      daemon(splice::acceptAll);
      return splice;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "splice");
    thread.setDaemon(true);
    thread.start();
  }

  /** The address of the socket. */
  public ServerAddress address() {
    return ServerAddress.ofSocket(folder.resolve("desk.sock").toString());
  }

  /** The requests of all connections, with their headers. */
  public List<String> requests() {
    return requests;
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel near = listener.accept();
        SocketChannel far =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        daemon(() -> join(near, far));
      }
    } catch (IOException e) {
      // The test is over, or its server.
    }
  }

  private void join(SocketChannel near, SocketChannel far) {
    try (near;
        far) {
      byte[] request = request(near);
      int line = new String(request, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
      requests.add(new String(request, StandardCharsets.ISO_8859_1));
      far.write(ByteBuffer.wrap(request, 0, line));
      far.write(ByteBuffer.wrap(headers));
      far.write(ByteBuffer.wrap(request, line, request.length - line));
      daemon(() -> pump(far, near));
      pump(near, far);
    } catch (IOException e) {
      // Either side has gone.
    }
  }

  /** Up to its empty line. */
  private static byte[] request(SocketChannel from) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!request.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")
        && from.read(one.clear()) > 0) {
      request.write(one.get(0));
    }
    return request.toByteArray();
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    try (from;
        to) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      // Either side has gone, and the other goes with it.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(folder.resolve("desk.sock"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
