package org.lesbillets.server.soak;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** A server whose syncs do not return: by a preloaded library, which needs a C compiler. */
final class DiskHangTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** No sync returns while the file HANGS exists. */
  private static final String LIBRARY =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <stdlib.h>
      #include <unistd.h>
      static int held(const char *name, int fd) {
        while (access(getenv("HANGS"), F_OK) == 0) usleep(20000);
        return ((int (*)(int)) dlsym(RTLD_NEXT, name))(fd);
      }
      int fsync(int fd) { return held("fsync", fd); }
      int fdatasync(int fd) { return held("fdatasync", fd); }
      """;

  @TempDir Path temp;
  private int asked;

  private SoakServer server() throws Exception {
    Path source = Files.writeString(temp.resolve("hang.c"), LIBRARY);
    Path library = temp.resolve("hang.so");
    String compiler = RequiredTools.find("gcc", "gcc libc6-dev").toString();
    List<String> compile =
        List.of(compiler, "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
    assertEquals(0, ChildProcesses.start(new ProcessBuilder(compile).inheritIO()).waitFor());
    Map<String, String> environment =
        Map.of("LD_PRELOAD", library.toString(), "HANGS", hangs().toString());
    SoakServer server = new SoakServer(temp.resolve("data"), environment);
    server.admit("alice");
    server.start();
    return server;
  }

  private Path hangs() {
    return temp.resolve("hangs");
  }

  private ServerMessage.Answer create(SoakConnection connection) throws IOException {
    String id = "create" + asked++;
    connection.send(new ClientMessage.CreateTicket(id, null, TicketContent.titled("Ticket")));
    return connection.answer(id);
  }

  private static void assertRefused(RejectionCode code, ServerMessage.Answer answer) {
    ServerMessage.Rejected refused = assertInstanceOf(ServerMessage.Rejected.class, answer);
    assertEquals(code, refused.code(), refused.message());
    assertTrue(refused.message().contains("disk"), refused.message());
  }

  static HttpResponse<String> readiness(SoakServer server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/readyz");
    String admin = Files.readString(server.data().resolve("local.token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + admin).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whoAsksIsAnsweredAndTheServerCanBeStopped() throws Exception {
    try (SoakServer server = server();
        SoakConnection connection = server.connect("alice")) {
      assertInstanceOf(ServerMessage.EventMessage.class, create(connection));

      Files.createFile(hangs());
      assertRefused(RejectionCode.UNCERTAIN, create(connection));
      assertRefused(RejectionCode.BUSY, create(connection));
      HttpResponse<String> unready = readiness(server);
      assertEquals(503, unready.statusCode());
      assertTrue(unready.body().contains("has not answered for 2 s"), unready.body());

      Files.delete(hangs());
      await().atMost(LONG).until(() -> readiness(server).statusCode() == 200);
      ServerMessage.EventMessage third =
          assertInstanceOf(ServerMessage.EventMessage.class, create(connection));
      assertEquals(3, third.event().event().ticket().number(), "the uncertain one was written");

      Files.createFile(hangs());
      assertRefused(RejectionCode.UNCERTAIN, create(connection));
      assertEquals(1, server.terminate(20), "its fate is unknown");
      String log = Files.readString(server.log());
      assertTrue(log.contains("The outcome of 1 changes, from revision 4 on, is unknown"), log);
    }
  }

  @Test
  void aDiskThatAnswersInTimeLeavesNothingUncertain() throws Exception {
    try (SoakServer server = server();
        SoakConnection connection = server.connect("alice")) {
      assertInstanceOf(ServerMessage.EventMessage.class, create(connection));
      assertEquals(0, server.terminate(20));
      assertTrue(!Files.readString(server.log()).contains("unknown"));
    }
  }
}
