package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.message.ServerMessage;

/** The server as a process: how it starts, ends, and starts again. */
@Timeout(Patience.SECONDS)
class ServerProcessTest {
  @TempDir Path folder;

  /** Remembers how a connection ended. */
  static final class Ending implements PushListener {
    final CompletableFuture<CloseNotice> notice = new CompletableFuture<>();

    @Override
    public void onPush(ServerMessage.Push message) {}

    @Override
    public void onClosed(CloseNotice closed) {
      notice.complete(closed);
    }
  }

  @Test
  void endsWellThoughSomebodyIsConnected() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Ending ending = new Ending();
      try (TicketClient client = server.newAgent("alice").connect(ending)) {
        assertEquals("alice", client.welcome().agent().value());
        assertEquals(0, server.stop());
        assertEquals(CloseCode.SERVICE_RESTART, ending.notice.get().code());
      }
      String ready = "billets-server ready on " + server.url() + "\n";
      assertEquals(ready, server.out(), "the only line on stdout");
      assertFalse(server.err().contains("ERROR"), server.err());
    }
  }

  @Test
  void isTheSameAfterItsEndAndAfterADeath() {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      int port = server.port();
      alice.does("create --title 'before the end'").prints("1");
      assertEquals(0, server.stop());
      server.restart();
      alice.does("create --title 'before the death'").prints("2");
      server.killHard();
      server.restart();
      assertEquals(port, server.port());
      alice.does("create --title 'after both'").prints("3");
      alice.does("list -o id").prints("1", "2", "3");
      alice.does("show 2 --field title").prints("before the death");
    }
  }

  @Test
  void keepsNothingWhenItIsEphemeral() {
    try (ServerProcess server = ServerProcess.start(folder, "--ephemeral")) {
      Billets alice = server.newAgent("alice");
      alice.does("create --title gone").prints("1");
      assertEquals(0, server.stop());
      server.restart();
      alice.does("list").prints();
    }
  }

  @Test
  void aSecondOneOnTheSameDataIsRefused() {
    try (ServerProcess server = ServerProcess.start(folder)) {
      String data = server.data().toString();
      ServerProcess.refused(folder, "--port", "0", "--data", data)
          .fails(1, data, "stop that one first");
      server.owner().does("list").prints();
    }
  }

  @Test
  void aPortInUseIsRefused() {
    try (ServerProcess server = ServerProcess.start(folder)) {
      String port = Integer.toString(server.port());
      String other = folder.resolve("other").toString();
      ProcessOutcome refused = ServerProcess.refused(folder, "--port", port, "--data", other);
      refused.exits(1).says("port " + port, "give another --port");
      assertEquals("", refused.out());
      assertTrue(refused.err().lines().count() <= 2, refused.err());
    }
  }

  /** What is typed as it stands there works, in a folder whose name a shell would take apart. */
  @Test
  void aPersonAtATerminalIsToldWhatToTypeNext() {
    Path data = folder.resolve("ann's desk");
    String server =
        Distribution.server().get(0) + " --port 0 --data \"$DATA\"; echo ended with $?; cat";
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("DATA", data.toString());
    try (TmuxServer terminal = TmuxServer.run(folder, environment, server, new int[] {200, 30})) {
      String screen = terminal.awaits("token add NAME");
      assertTrue(screen.contains("Your token is in " + data + "/local.token."), screen);
      String typed =
          screen
              .lines()
              .map(String::strip)
              .filter(line -> line.startsWith("export "))
              .collect(Collectors.joining("\n"));
      assertEquals(2, typed.lines().count(), screen);
      String billets = String.join(" ", Distribution.billetsFromClasses());
      String script = typed + "\n" + billets + " create --title 'A first ticket'";
      Running.run(folder, Map.of(), List.of("sh", "-c", script)).prints("1");
      terminal.press("C-c");
      terminal.awaits("ended with 0");
    }
  }
}
