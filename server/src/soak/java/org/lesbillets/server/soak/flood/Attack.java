package org.lesbillets.server.soak.flood;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a number of hostile inputs to a server on loopback, at a fixed rate or as fast as its
 * threads can, and counts the responses by status. Blocks its caller; four threads.
 */
public final class Attack {
  private static final int THREADS = 4;
  private static final int PATIENCE_MILLIS = 5_000;

  private final int port;
  private final int count;
  private final int rate;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, Integer> statuses = new TreeMap<>();
  private long begunNanos;

  /** One thread's way of sending an input. */
  private interface Sender extends AutoCloseable {
    void send(int index) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Makes the sender of one thread. */
  private interface SenderFactory {
    Sender of(int thread);
  }

  /**
   * @param rate inputs a second
   */
  public Attack(int port, int count, int rate) {
    this.port = port;
    this.count = count;
    this.rate = rate;
  }

  /** The handshake of a client with this token. */
  public static String handshake(String token) {
    return "GET /tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
        + token
        + "\r\n\r\n";
  }

  /** Malformed requests and frames, half of each; the frames in sessions of this token. */
  public void malformedInputs(long seed, String token) throws InterruptedException {
    String handshake = handshake(token);
    run(
        thread -> {
          MalformedInputs inputs = new MalformedInputs(new Random(seed + thread), handshake);
          return new InputSender(inputs, handshake);
        });
  }

  /** Handshakes with wrong tokens of the right form. */
  public void wrongTokens(long seed) throws InterruptedException {
    run(
        thread -> {
          Random random = new Random(seed + thread);
          return index -> {
            String token = "blt_" + Long.toHexString(random.nextLong()).repeat(3);
            try (Socket socket = connected()) {
              socket.getOutputStream().write(ascii(handshake(token)));
              count(status(socket));
            }
          };
        });
  }

  /** The number of responses by status; "none" for connections that ended without one. */
  public synchronized Map<String, Integer> statuses() {
    return new TreeMap<>(statuses);
  }

  private synchronized void count(String status) {
    statuses.merge(status, 1, Integer::sum);
  }

  private void run(SenderFactory senders) throws InterruptedException {
    begunNanos = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Future<?>[] running = new Future<?>[THREADS];
      for (int i = 0; i < THREADS; i++) {
        Sender sender = senders.of(i);
        running[i] = threads.submit(() -> work(sender));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attacker ended", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void work(Sender sender) {
    try (sender) {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        long due = begunNanos + TimeUnit.SECONDS.toNanos(i) / rate;
        LockSupport.parkNanos(due - System.nanoTime());
        try {
          sender.send(i);
        } catch (IOException e) {
          count("none");
        }
      }
    } catch (IOException e) {
      // Its session is gone, which is what it was for.
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String status(Socket socket) throws IOException {
    byte[] line = socket.getInputStream().readNBytes(12);
    return line.length < 12 ? "none" : new String(line, 9, 3, StandardCharsets.US_ASCII);
  }

  /** Alternates between fresh connections and one session, which it replaces when it was closed. */
  private final class InputSender implements Sender {
    private final MalformedInputs inputs;
    private final String handshake;
    private Socket session;

    InputSender(MalformedInputs inputs, String handshake) {
      this.inputs = inputs;
      this.handshake = handshake;
    }

    @Override
    public void send(int index) throws IOException {
      if (index % 2 == 0) {
        try (Socket socket = connected()) {
          socket.getOutputStream().write(inputs.request());
          socket.shutdownOutput();
          count(status(socket));
        }
        return;
      }
      if (session == null) {
        session = connected();
        session.getOutputStream().write(ascii(handshake));
        count(status(session));
      }
      try {
        session.getOutputStream().write(inputs.frames());
        drain();
      } catch (IOException e) {
        close();
        count("session cut");
      }
    }

    /** Reads what is there, so that the server cuts the session for no other reason. */
    private void drain() throws IOException {
      InputStream in = session.getInputStream();
      while (in.available() > 0) {
        byte[] some = in.readNBytes(Math.min(in.available(), 1 << 16));
        if (some.length > 0 && isClose(some)) {
          close();
          count("session closed");
          return;
        }
      }
    }

    /** A close frame is the last that the server sends. */
    private static boolean isClose(byte[] bytes) {
      for (int length = 2; length <= 125 && length + 2 <= bytes.length; length++) {
        int at = bytes.length - length - 2;
        if ((bytes[at] & 0xff) == 0x88 && bytes[at + 1] == length) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() throws IOException {
      if (session != null) {
        session.close();
        session = null;
      }
    }
  }
}
