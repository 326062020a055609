package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** What the service manager is sent, and the unit that has it listen. */
class ServiceNotifierTest {
  private static final Path UNIT = Path.of("src/main/dist/systemd/billets-server.service");

  /** The worst exposure the unit may have, in tenths. */
  private static final String THRESHOLD = "30";

  /** The manager's side: Java 17 has no datagram sockets in the file system. */
  private static final String MANAGER =
      """
      use Socket;
      $| = 1;
      socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
      bind($socket, sockaddr_un($ARGV[0])) or die;
      print "bound\\n";
      while (defined recv($socket, my $message, 4096, 0)) {
        $message =~ tr/\\n/;/;
        print "$message\\n" unless $message =~ /^BARRIER=1/;
      }
      """;

  @TempDir Path folder;

  private final List<Process> started = new CopyOnWriteArrayList<>();

  private Path errors() {
    return folder.resolve("err");
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = ChildProcesses.start(builder.redirectError(folder.resolve("err").toFile()));
    started.add(process);
    return process;
  }

  private Process startServer(Map<String, String> environment, Path config) throws IOException {
    return start(
        environment,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=logback.xml",
        "-cp",
        System.getProperty("java.class.path"),
        ServerMain.class.getName(),
        "--config",
        config.toString());
  }

  private static String lineAfterKeepAlives(BufferedReader messages) throws IOException {
    String line = messages.readLine();
    while ("WATCHDOG=1".equals(line)) {
      line = messages.readLine();
    }
    return line;
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  @Test
  void isToldOfTheWholeLifeOfAServer() throws Exception {
    RequiredTools.find("systemd-notify", "systemd");
    String perl = RequiredTools.find("perl", "perl-base").toString();
    Path socket = folder.resolve("notify");
    Path config = Files.write(folder.resolve("server.toml"), List.of("port = 0", "data = 'data'"));
    try (BufferedReader messages =
        start(Map.of(), perl, "-e", MANAGER, socket.toString()).inputReader()) {
      assertEquals("bound", messages.readLine());
      Map<String, String> environment =
          Map.of(
              "NOTIFY_SOCKET",
              socket.toString(),
              "WATCHDOG_USEC",
              "300000",
              "BILLETS_SERVER_EPHEMERAL",
              "true",
              "JOURNAL_STREAM",
              Files.getAttribute(errors(), "unix:dev")
                  + ":"
                  + Files.getAttribute(errors(), "unix:ino"));
      Process server = startServer(environment, config);
      String ready = messages.readLine();
      assertTrue(ready.startsWith("READY=1;STATUS=ready on ws://127.0.0.1:"), ready);
      String printed = server.inputReader().readLine();
      assertEquals(ready.substring("READY=1;STATUS=".length()), printed.substring(15));
      assertEquals("WATCHDOG=1", messages.readLine());
      assertEquals("WATCHDOG=1", messages.readLine());
      Files.write(
          config, List.of("port = 0", "data = 'data'", "sessions = 7", "log_level = 'warn'"));
      signal(server, "HUP");
      assertEquals("RELOADING=1", lineAfterKeepAlives(messages));
      assertEquals(ready, lineAfterKeepAlives(messages));
      assertTrue(log().contains("a restart is needed for sessions\n"), this::log);
      Files.write(config, List.of("prot = 0"));
      signal(server, "HUP");
      assertEquals("RELOADING=1", lineAfterKeepAlives(messages));
      assertEquals(ready, lineAfterKeepAlives(messages));
      assertTrue(
          log().contains("The settings stay as they are: " + config + ", line 1"), this::log);
      signal(server, "TERM");
      assertEquals("STOPPING=1;STATUS=Stopping", lineAfterKeepAlives(messages));
      server.waitFor();
      assertEquals(0, server.exitValue());
      assertTrue(log().contains("tickets in memory only"), "what the variable says");
      assertFalse(log().contains("Stopped"), "less is logged since the file says so");
      assertTrue(log().lines().allMatch(line -> line.matches("<[346]>[A-Z].*")), this::log);
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  private String log() {
    try {
      return Files.readString(errors());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void getsNoKeepAlivesOfAServerThatIsNotWell() {
    List<List<String>> sent = new CopyOnWriteArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    List<Integer> sentBefore = new CopyOnWriteArrayList<>();
    try (ServiceNotifier notifier = new ServiceNotifier(sent::add, 30_000)) {
      notifier.watch(
          () -> {
            sentBefore.add(sent.size());
            return asked.getAndIncrement() == 2 ? Optional.of("it stalls") : Optional.empty();
          });
      await().until(() -> sentBefore.size() > 4);
    }
    assertEquals(List.of("WATCHDOG=1"), sent.get(0));
    assertEquals(List.of(0, 1, 2, 2, 3), sentBefore.subList(0, 5), "none for the third answer");
  }

  @Test
  void theWatchdogOfAnotherProcessIsNotOurs() {
    String own = Long.toString(ProcessHandle.current().pid());
    assertEquals(7, ServiceNotifier.timeoutMicros(Map.of("WATCHDOG_USEC", "7")));
    assertEquals(
        7, ServiceNotifier.timeoutMicros(Map.of("WATCHDOG_USEC", "7", "WATCHDOG_PID", own)));
    assertEquals(
        0, ServiceNotifier.timeoutMicros(Map.of("WATCHDOG_USEC", "7", "WATCHDOG_PID", "1")));
    assertEquals(0, ServiceNotifier.timeoutMicros(Map.of()));
  }

  @Test
  void theUnitMakesSenseAndExposesLittle() throws Exception {
    String analyze = RequiredTools.find("systemd-analyze", "systemd").toString();
    String text = Files.readString(UNIT);
    assertFalse(text.contains("MemoryDenyWriteExecute=yes"), "Java compiles as it runs");
    Path unit = folder.resolve("billets-server.service");
    // The program is not installed here.
    Files.writeString(unit, text.replace("/usr/bin/billets-server ", "/bin/true "));
    String said = run(analyze, "verify", "--man=no", unit.toString());
    assertFalse(said.contains(unit.getFileName() + ":"), said);
    run(analyze, "security", "--offline=true", "--threshold=" + THRESHOLD, unit.toString());
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYSTEMD_COLORS", "0");
    Process process = ChildProcesses.start(builder);
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
