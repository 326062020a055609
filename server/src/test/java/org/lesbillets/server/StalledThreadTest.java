package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.process.ChildProcesses;

/**
 * Threads of a real server that a debugger suspends, one by one, while the others run; and a server
 * that is suspended whole, which is no stall.
 */
class StalledThreadTest {
  private static final Duration RED = Duration.ofSeconds(30);
  private static final Duration GREEN = Duration.ofSeconds(5);

  @TempDir Path temp;
  private Child stalled;
  private Child paused;

  /** A server with a debugger's port. */
  private record Child(Process process, Path data, int port, int debugPort) {
    static Child start(Path data) throws IOException {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx128m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
              "-cp",
              System.getProperty("java.class.path"),
              ServerMain.class.getName(),
              "--port=0",
              "--data=" + data);
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(command)
                  .redirectError(data.resolveSibling(data.getFileName() + ".log").toFile()));
      BufferedReader out = process.inputReader();
      int debugPort = Integer.parseInt(out.readLine().replaceAll(".*: ", ""));
      int port = Integer.parseInt(out.readLine().replaceAll(".*:([0-9]+)/.*", "$1"));
      return new Child(process, data, port, debugPort);
    }

    VirtualMachine debugger() throws Exception {
      AttachingConnector connector =
          Bootstrap.virtualMachineManager().attachingConnectors().stream()
              .filter(c -> c.name().equals("com.sun.jdi.SocketAttach"))
              .findFirst()
              .orElseThrow();
      Map<String, Connector.Argument> arguments = connector.defaultArguments();
      arguments.get("hostname").setValue("127.0.0.1");
      arguments.get("port").setValue("" + debugPort);
      return connector.attach(arguments);
    }

    HttpResponse<String> get(String path, boolean asAdmin)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      if (asAdmin) {
        String token = Files.readString(data.resolve("local.token")).strip();
        request.header("Authorization", "Bearer " + token);
      }
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    int health() throws Exception {
      return get("/healthz", false).statusCode();
    }

    void signal(String name) throws Exception {
      assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor());
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (Child child : new Child[] {stalled, paused}) {
      if (child != null) {
        child.process().destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aStalledThreadTurnsTheHealthRedUntilItWorksAgain() throws Exception {
    paused = Child.start(temp.resolve("paused"));
    stalled = Child.start(temp.resolve("stalled"));
    assertEquals(200, stalled.health());
    paused.signal("STOP");
    VirtualMachine debugger = stalled.debugger();
    List<ThreadReference> threads =
        List.of(
            thread(debugger, "desk"),
            thread(debugger, "journal-writer"),
            thread(debugger, "drainer"));
    threads.forEach(ThreadReference::suspend);
    await().atMost(RED).until(() -> stalled.health() == 503);
    assertEquals("not well\n", stalled.get("/healthz", false).body());
    assertEquals("not ready\n", stalled.get("/readyz", false).body());

    String metrics = metrics(stalled);
    for (String stage : List.of("desk", "writer", "drainer")) {
      String age = "billets_" + stage + "_oldest_task_age_seconds";
      assertTrue(MetricsText.parse(metrics, false).value(age) > 5, metrics);
    }
    for (ThreadReference thread : threads) {
      String sentence = "The thread %s has been stuck for ".formatted(thread.name());
      await().atMost(RED).until(() -> why(stalled).startsWith(sentence));
      thread.resume();
    }
    await().atMost(GREEN).until(() -> stalled.health() == 200);
    debugger.dispose();
    String log = Files.readString(temp.resolve("stalled.log"));
    assertTrue(log.contains("The thread desk has been stuck for "), log);
    await()
        .atMost(GREEN)
        .until(
            () ->
                Files.readString(temp.resolve("stalled.log"))
                    .contains("The thread desk works again"));

    paused.signal("CONT");
    for (int i = 0; i < 10; i++) {
      assertEquals(200, paused.health(), "its own pause");
    }
    String after = metrics(paused);
    assertTrue(MetricsText.parse(after, false).value("billets_own_pauses_total") >= 1, after);
    assertTrue(!Files.readString(temp.resolve("paused.log")).contains("stuck"));
  }

  private static ThreadReference thread(VirtualMachine debugger, String name) {
    return debugger.allThreads().stream()
        .filter(thread -> thread.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** On a busy machine the first page may take longer than a request may. */
  private static String metrics(Child child) {
    return await()
        .atMost(RED)
        .ignoreExceptions()
        .until(() -> child.get("/metrics", false), page -> page.statusCode() == 200)
        .body();
  }

  private static String why(Child child) throws Exception {
    return child.get("/healthz", true).body();
  }
}
