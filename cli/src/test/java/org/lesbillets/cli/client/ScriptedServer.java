package org.lesbillets.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket server on a free loopback port that does what tests tell it: one script for each
 * connection, in order; the last one serves all later connections too. Each script has a thread.
 */
public final class ScriptedServer implements AutoCloseable {

  /** What one connection is told. When it returns the connection is held open in silence. */
  public interface Script {
    void play(ScriptedPeer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final List<Script> scripts;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<ScriptedPeer> peers = new CopyOnWriteArrayList<>();
  private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
  private UnixSplice splice;

  private ScriptedServer(ServerSocket socket, List<Script> scripts) {
    this.socket = socket;
    this.scripts = scripts;
  }

  /** A connection that is welcomed at {@code revision}, and then plays the rest. */
  public static Script welcoming(long revision, Script rest) {
    return peer -> {
      peer.welcome(revision);
      rest.play(peer);
    };
  }

  public static ScriptedServer start(Script... scripts) {
    try {
      ScriptedServer server =
          new ScriptedServer(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(scripts));
      daemon("scripted-server", server::acceptAll);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        accepted.setTcpNoDelay(true);
        int number = connections.getAndIncrement();
        ScriptedPeer peer = new ScriptedPeer(accepted);
        peers.add(peer);
        Script script = scripts.get(Math.min(number, scripts.size() - 1));
        daemon("scripted-peer-" + number, () -> play(script, peer));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void play(Script script, ScriptedPeer peer) {
    try {
      script.play(peer);
      peer.hold();
    } catch (SocketException | EOFException e) {
      // The client went away; if it should not have, the test notices on its own side.
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      if (!socket.isClosed()) {
        problems.add(e);
      }
    }
  }

  public ServerAddress address() {
    return new ServerAddress(URI.create("ws://127.0.0.1:" + socket.getLocalPort() + "/tickets"));
  }

  /** The address of a Unix domain socket that leads to it. */
  ServerAddress socketAddress() {
    if (splice == null) {
      splice = UnixSplice.to(socket.getLocalPort(), "");
    }
    return splice.address();
  }

  ClientSettings settingsOf(ServerAddress address) {
    return new ClientSettings(List.of(address), () -> "secret", Duration.ofMinutes(1));
  }

  public ClientSettings settings(Duration timeout) {
    return new ClientSettings(List.of(address()), () -> "secret", timeout);
  }

  /** Patient enough for the slowest machine: for tests in which nothing runs out of time. */
  public ClientSettings settings() {
    return settings(Duration.ofMinutes(1));
  }

  TicketClient connect() {
    return TicketClient.connect(settings(), PushListener.NONE);
  }

  public int connections() {
    return connections.get();
  }

  /** The connection of that number, from 0. */
  public ScriptedPeer peer(int number) {
    return peers.get(number);
  }

  @Override
  public void close() {
    try {
      socket.close();
      if (splice != null) {
        splice.close();
      }
      for (ScriptedPeer peer : peers) {
        peer.cut();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Throwable problem = problems.poll();
    if (problem != null) {
      throw new AssertionError("the server's script failed", problem);
    }
  }
}
