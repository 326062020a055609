package org.lesbillets.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program that listens on a free loopback port, which it prints, and then prints what the first
 * bytes of each connection are, one line a connection.
 */
final class StrangerListener {
  private static final int BYTES = 4096;

  private StrangerListener() {}

  public static void main(String[] words) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      System.out.println(listener.getLocalPort());
      while (true) {
        try (Socket accepted = listener.accept()) {
          byte[] first = new byte[BYTES];
          int read = accepted.getInputStream().read(first);
          String text = new String(first, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
          System.out.println("got: " + text.replaceAll("\\s+", " "));
        }
      }
    }
  }
}
