package org.lesbillets.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A program that listens on a free loopback port, which it prints, and on Unix domain sockets, and
 * then prints what the first bytes of each connection are, one line a connection.
 */
final class StrangerListener {
  private static final int BYTES = 4096;

  private StrangerListener() {}

  /**
   * @param sockets the paths of those to listen on
   */
  public static void main(String[] sockets) throws IOException {
    for (String socket : sockets) {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket));
      new Thread(() -> accept(listener)).start();
    }
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      System.out.println(listener.getLocalPort());
      while (true) {
        try (Socket accepted = listener.accept()) {
          byte[] first = new byte[BYTES];
          print(first, accepted.getInputStream().read(first));
        }
      }
    }
  }

  private static void print(byte[] first, int read) {
    String text = new String(first, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    System.out.println("got: " + text.replaceAll("\\s+", " "));
  }

  private static void accept(ServerSocketChannel listener) {
    while (true) {
      try (SocketChannel accepted = listener.accept()) {
        ByteBuffer first = ByteBuffer.allocate(BYTES);
        print(first.array(), accepted.read(first));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
