package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsMain;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.process.ChildProcesses;

/** {@code billets watch --exec} as a process of its own, at a scripted server. */
final class WatchExecProcessTest {
  @TempDir Path folder;

  /** Two events, one right behind the other. */
  private static void serve(ScriptedPeer peer) throws IOException {
    peer.welcome(5);
    peer.send(SampleMessages.resumed(peer.read(GetTickets.class)));
    peer.sendJoined(SampleMessages.pushed(6, 5), SampleMessages.pushed(7, 6));
  }

  private Process watch(ScriptedServer server, String script, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BilletsMain.class.getName(),
                "--server",
                server.address().toString(),
                "--timeout",
                "1m",
                "watch",
                "-o",
                "id",
                "--exec",
                script));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("BILLETS_TOKEN", "secret");
    return ChildProcesses.start(builder);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalEndsTheCommandAndThenTheWatch(String signal, int code) throws Exception {
    String script =
        "trap 'echo told >>log; exit 1' TERM; echo $BILLETS_REVISION >>log;"
            + " while :; do :; done";
    try (ScriptedServer server = ScriptedServer.start(WatchExecProcessTest::serve)) {
      Process watch = watch(server, script);
      Path log = folder.resolve("log");
      await().until(() -> Files.exists(log) && Files.readString(log).equals("6\n"));
      ChildProcesses.start(new ProcessBuilder("kill", "-s", signal, Long.toString(watch.pid())))
          .waitFor();
      assertEquals(code, watch.waitFor());
      assertEquals("6\ntold\n", Files.readString(log), "the second event began nothing");
      String printed = new String(watch.getInputStream().readAllBytes());
      assertEquals("17\n", printed, "an event that the command never got is not printed");
      assertEquals("", new String(watch.getErrorStream().readAllBytes()));
    }
  }

  @Test
  void whatTheCommandPrintsIsNoData() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(WatchExecProcessTest::serve)) {
      Process watch = watch(server, "echo out; echo err >&2", "--count", "2");
      assertEquals(0, watch.waitFor());
      assertEquals("17\n17\n", new String(watch.getInputStream().readAllBytes()));
      String told = new String(watch.getErrorStream().readAllBytes());
      assertEquals("out\nerr\nout\nerr\n", told);
    }
  }

  @Test
  void aReaderThatWentAwayEndsItQuietly() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(WatchExecProcessTest::serve)) {
      Process watch = watch(server, "echo >>ran");
      watch.getInputStream().close();
      assertEquals(141, watch.waitFor());
      assertEquals("", new String(watch.getErrorStream().readAllBytes()));
      assertTrue(Files.notExists(folder.resolve("ran")), "who is not heard does nothing");
    }
  }
}
