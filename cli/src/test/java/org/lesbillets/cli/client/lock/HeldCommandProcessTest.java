package org.lesbillets.cli.client.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsMain;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.process.ChildProcesses;

/** {@code billets lock 17 -- sh …} as a process of its own, at a scripted server. */
final class HeldCommandProcessTest {
  private final List<ClientMessage> heard = new CopyOnWriteArrayList<>();

  private void serve(ScriptedPeer peer) throws IOException {
    try {
      peer.welcome(8);
      while (true) {
        answer(peer, peer.read());
      }
    } catch (EOFException e) {
      // The process ended, and with it its connections, wherever they were.
    }
  }

  private void answer(ScriptedPeer peer, ClientMessage request) throws IOException {
    heard.add(request);
    if (request instanceof LockTicket lock) {
      peer.grant(lock, 9);
    } else if (request instanceof GetTickets) {
      peer.send(SampleMessages.all(request, 9, false, SampleMessages.locked(9, 9, ttl())));
    } else {
      peer.answer(request, 10);
    }
  }

  private static Duration ttl() {
    return Duration.ofSeconds(30);
  }

  private static Process billets(ScriptedServer server, String script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BilletsMain.class.getName(),
            "--server",
            server.address().toString(),
            "--timeout",
            "1m",
            "lock",
            "17",
            "--",
            "sh",
            "-c",
            script);
    builder.environment().put("BILLETS_TOKEN", "secret");
    return ChildProcesses.start(builder);
  }

  /** Whoever starts a process can have it ignore a signal, and it stays so in its children. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn: 0");
    return (Long.parseUnsignedLong(mask.split("\\s+")[1], 16) >> signal - 1 & 1) == 1;
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "HUP, 1", "INT, 2"})
  void aSignalIsPassedOnAndTheLockGivenBack(String name, int number) throws Exception {
    assumeFalse(isIgnored(number), name + " is ignored here, and so in every process we start");
    try (ScriptedServer server = ScriptedServer.start(this::serve)) {
      String trap = "trap 'echo heard; exit 9' " + name;
      Process billets = billets(server, trap + "; echo ready; while :; do sleep 0.05; done");
      assertEquals("ready", billets.inputReader().readLine());
      ChildProcesses.start(new ProcessBuilder("sh", "-c", "kill -s " + name + " " + billets.pid()))
          .waitFor();
      assertEquals("heard", billets.inputReader().readLine());
      assertEquals(9, billets.waitFor());
      assertEquals("", new String(billets.getErrorStream().readAllBytes()));
      assertGivenBack();
    }
  }

  private void assertGivenBack() {
    List<Long> released =
        heard.stream()
            .filter(UnlockTicket.class::isInstance)
            .map(unlock -> ((UnlockTicket) unlock).token())
            .toList();
    assertEquals(List.of(9L), released);
  }

  @Test
  void theStandardStreamsAreTheCommands() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(this::serve)) {
      Process billets = billets(server, "read a; echo out $a; echo err $BILLETS_TICKET >&2; cat");
      billets.outputWriter().append("1\n2\n3\n").close();
      assertEquals("out 1\n2\n3\n", new String(billets.getInputStream().readAllBytes()));
      assertEquals("err 17\n", new String(billets.getErrorStream().readAllBytes()));
      assertEquals(0, billets.waitFor());
      assertGivenBack();
    }
  }

  @Test
  void aServerThatIsGoneWhenTheCommandEndsDoesNotChangeItsCode() throws Exception {
    ScriptedServer server = ScriptedServer.start(this::serve);
    Process billets = billets(server, "echo ready; read line; exit 3");
    assertEquals("ready", billets.inputReader().readLine());
    server.close();
    billets.outputWriter().append("go\n").close();
    assertEquals(3, billets.waitFor());
    String said = new String(billets.getErrorStream().readAllBytes());
    assertTrue(said.contains("did not answer that the lock on #17 is released"), said);
    assertTrue(heard.stream().noneMatch(UnlockTicket.class::isInstance));
  }
}
