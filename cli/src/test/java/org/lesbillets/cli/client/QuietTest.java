package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.process.ChildProcesses;

/** Whatever goes wrong, the libraries say nothing, and leave no thread that keeps the process. */
final class QuietTest {

  @Test
  void aProcessThatMeetsEveryFailureIsSilentAndEnds() throws Exception {
    Process process =
        ChildProcesses.start(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName())
                .redirectErrorStream(true));
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      assertEquals("", said);
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Meets failures, ignores them, and returns from main with connections still open. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      List<ScriptedServer.Script> scripts =
          List.of(
              peer -> peer.refuse("401 Unauthorized"),
              peer -> peer.refuse("403 Forbidden"),
              peer -> peer.refuse("500 Oops"),
              peer -> peer.raw("no HTTP at all\r\n\r\n"),
              ScriptedPeer::cut,
              peer -> cut(peer.accept()),
              peer -> peer.accept().raw("\u0085 no frame"),
              peer -> peer.accept().send("no JSON"),
              peer -> peer.accept().close(1011, "out of order"),
              peer -> peer.welcome(1).sendTooLarge(),
              peer -> peer.welcome(1));
      for (ScriptedServer.Script script : scripts) {
        meet(script, ConnectionKind.BRIEF);
        meet(script, ConnectionKind.LASTING);
      }
    }

    private static void cut(ScriptedPeer peer) throws IOException {
      peer.read();
      peer.cut();
    }

    private static void meet(ScriptedServer.Script script, ConnectionKind line) {
      ScriptedServer server = ScriptedServer.start(script);
      try {
        TicketClient client =
            TicketClient.connect(
                line.of(server.settings(Duration.ofMillis(500))), PushListener.NONE);
        client.ask(new ClientMessage.Ping("1"));
      } catch (ConnectionException e) {
        // Told to the caller, which is how it should be.
      }
    }
  }
}
