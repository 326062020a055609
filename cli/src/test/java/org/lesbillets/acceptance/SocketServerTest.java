package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server at a socket, as a process: its ready line, its end, a killed one, a second one. */
@Timeout(Patience.SECONDS)
class SocketServerTest {
  private static final Map<String, String> SHORT_LIVED =
      Map.of("BILLETS_SERVER_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  @TempDir Path folder;

  private Running start(Path socket, String data, String... options) {
    List<String> words = new ArrayList<>(List.of("--socket", socket.toString()));
    words.addAll(List.of("--data", folder.resolve(data).toString()));
    words.addAll(List.of(options));
    Running server =
        Running.start(folder, SHORT_LIVED, Distribution.server(words.toArray(String[]::new)));
    await("a server that is ready, or has ended")
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !server.isAlive() || server.out().endsWith("\n"));
    return server;
  }

  @Test
  void itNeedsNeitherATokenNorAPort() throws IOException {
    Path socket = folder.resolve("desk.sock");
    Billets own = new Billets(folder, Map.of("BILLETS_SERVER", "unix:" + socket));
    try (Running server = start(socket, "data")) {
      assertEquals("billets-server ready on unix:" + socket + "\n", server.out(), server.err());
      assertEquals(0, listeningPorts(server.pid()));
      own.does("create --title 'over the socket'").prints("1");
      own.does("show 1 -o json").shows("\"createdBy\": \"" + System.getProperty("user.name"));
      server.kill();
    }
    assertTrue(Files.exists(socket), "a killed server leaves its socket");
    own.does("list").fails(8);
    try (Running again = start(socket, "data", "--port", "0")) {
      // The ready line is that of the port, and both are served.
      String words = "billets-server ready on (ws://127\\.0\\.0\\.1:\\d+/tickets)\n";
      assertTrue(again.out().matches(words), again.out());
      Map<String, String> byPort =
          Map.of(
              "BILLETS_SERVER",
              again.out().replaceAll(words, "$1"),
              "BILLETS_TOKEN_FILE",
              folder.resolve("data/local.token").toString());
      new Billets(folder, byPort).does("list -o id").prints("1");
      own.does("list -o id").prints("1");
      try (Running second = start(socket, "other")) {
        assertEquals(1, second.end(30), second.out());
        assertTrue(second.err().contains("Another server listens on " + socket), second.err());
        assertEquals(1, second.err().lines().filter(l -> l.startsWith("billets-server:")).count());
      }
      own.does("list -o id").prints("1");
      again.terminate();
      assertEquals(0, again.end(5), again.err());
    }
    assertFalse(Files.exists(socket), "a server that was stopped removes its socket");
  }

  /** Sockets in the state LISTEN, of the process's own descriptors. */
  private static long listeningPorts(long pid) throws IOException {
    List<String> inodes = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      Files.readAllLines(Path.of("/proc/net", table)).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields[3].equals("0A"))
          .forEach(fields -> inodes.add("socket:[" + fields[9] + "]"));
    }
    return OpenFiles.of(pid).stream().filter(inodes::contains).count();
  }
}
