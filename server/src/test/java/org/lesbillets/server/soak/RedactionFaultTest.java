package org.lesbillets.server.soak;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.FileSearch;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.journal.sqlite.SqliteVerification;
import org.lesbillets.tidy.RequiredTools;

/**
 * A rewrite of the journal, after a redaction, that takes long, finds no room, or fails: by a
 * preloaded library, which needs a C compiler.
 */
final class RedactionFaultTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SECRET = "secret-[0-9]";

  /** Large enough for the rewrite to write where no transaction before it has. */
  private static final int LARGE_TICKETS = 20;

  private static final int LARGE = 50_000;

  /** Acts on what is written to the log far behind its beginning. */
  private static final String LIBRARY =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <sys/statvfs.h>
      #include <unistd.h>
      static int there(const char *name) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", getenv("FAULTS"), name);
        return access(path, F_OK) == 0;
      }
      static int fault(int fd, off64_t at) {
        char link[64], path[4096];
        if (at < 300000) return 0;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path);
        if (length < 4 || memcmp(path + length - 4, "-wal", 4)) return 0;
        while (there("hangs")) usleep(20000);
        return there("full") ? ENOSPC : there("eio") ? EIO : 0;
      }
      typedef int (*sizer)(const char *, void *);
      static int no_room(const char *as, const char *path, struct statvfs64 *of) {
        int result = ((sizer) dlsym(RTLD_NEXT, as))(path, of);
        if (there("small")) of->f_bavail = 0;
        return result;
      }
      int statvfs64(const char *path, struct statvfs64 *of) {
        return no_room("statvfs64", path, of);
      }
      int statvfs(const char *path, struct statvfs *of) {
        return no_room("statvfs", path, (struct statvfs64 *) of);
      }
      typedef ssize_t (*writer)(int, const void *, size_t, off64_t);
      static ssize_t wrote(const char *as, int fd, const void *from, size_t n, off64_t at) {
        errno = fault(fd, at);
        return errno ? -1 : ((writer) dlsym(RTLD_NEXT, as))(fd, from, n, at);
      }
      ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
        return wrote("pwrite64", fd, from, n, at);
      }
      ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
        return wrote("pwrite64", fd, from, n, at);
      }
      """;

  @TempDir Path temp;
  private int asked;

  private Path data() {
    return temp.resolve("data");
  }

  private Path faults(String name) {
    return temp.resolve(name);
  }

  private SoakServer server() throws Exception {
    Path source = Files.writeString(temp.resolve("faults.c"), LIBRARY);
    Path library = temp.resolve("faults.so");
    String compiler = RequiredTools.find("gcc", "gcc libc6-dev").toString();
    List<String> compile =
        List.of(compiler, "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
    assertEquals(0, ChildProcesses.start(new ProcessBuilder(compile).inheritIO()).waitFor());
    Map<String, String> environment =
        Map.of("LD_PRELOAD", library.toString(), "FAULTS", temp.toString());
    SoakServer server = new SoakServer(data(), environment);
    server.admit("alice");
    fill();
    server.start();
    return server;
  }

  private void fill() {
    try (DataDirectory directory = DataDirectory.open(data());
        SqliteJournal journal = SqliteJournal.open(directory)) {
      CompletableFuture<Outcome> last = null;
      for (int i = 1; i <= LARGE_TICKETS; i++) {
        TicketContent content =
            TicketContent.titled(i < 4 ? "secret-" + i : "large")
                .with(TicketField.DESCRIPTION, "x".repeat(i < 4 ? 0 : LARGE));
        last = journal.append(Facts.create(new UUID(1, i), 0, content, null)).toCompletableFuture();
      }
      assertInstanceOf(Outcome.Appended.class, last.join());
    }
  }

  private static SoakConnection admin(SoakServer server) throws IOException {
    String token = Files.readString(server.data().resolve("local.token")).strip();
    return new SoakConnection(server.port(), token);
  }

  private ServerMessage.Answer create(SoakConnection connection) throws IOException {
    String id = "create" + asked++;
    connection.send(new ClientMessage.CreateTicket(id, null, TicketContent.titled("Ticket")));
    return connection.answer(id);
  }

  private String redact(SoakConnection connection, int number) throws IOException {
    String id = "redact" + asked++;
    Redaction title = Redaction.ofField(TicketField.TITLE);
    connection.send(
        new ClientMessage.RedactTicket(
            id, new UUID(7, number), TicketRef.of(number), title, "a password"));
    return id;
  }

  private static void assertRefused(RejectionCode code, String part, ServerMessage.Answer answer) {
    ServerMessage.Rejected refused = assertInstanceOf(ServerMessage.Rejected.class, answer);
    assertEquals(code, refused.code(), refused.message());
    assertTrue(refused.message().contains(part), refused.message());
  }

  private void assertLeft(String... secrets) throws IOException {
    assertEquals(Set.of(secrets), FileSearch.found(data(), SECRET));
  }

  @Test
  void itIsSaidAndDoneInTheEndAndNothingIsLost() throws Exception {
    try (SoakServer server = server()) {
      takesLong(server);
      findsNoRoom(server);
      fails(server);
      assertEquals(List.of(), SqliteVerification.ofData(data()).problems());
    }
  }

  private void takesLong(SoakServer server) throws Exception {
    Files.createFile(faults("hangs"));
    try (SoakConnection admin = admin(server);
        SoakConnection alice = server.connect("alice")) {
      String id = redact(admin, 1);
      await().atMost(LONG).until(() -> DiskHangTest.readiness(server).statusCode() == 503);
      String reason = DiskHangTest.readiness(server).body();
      assertTrue(reason.contains("is being rewritten, which removes what was redacted"), reason);
      assertRefused(RejectionCode.BUSY, "is being rewritten", create(alice));
      Files.delete(faults("hangs"));
      assertInstanceOf(ServerMessage.EventMessage.class, admin.answer(id));
      assertLeft("secret-2", "secret-3");
      await().atMost(LONG).until(() -> DiskHangTest.readiness(server).statusCode() == 200);
      assertInstanceOf(ServerMessage.EventMessage.class, create(alice));
    }
  }

  private void findsNoRoom(SoakServer server) throws Exception {
    Files.createFile(faults("full"));
    try (SoakConnection admin = admin(server);
        SoakConnection alice = server.connect("alice")) {
      assertRefused(RejectionCode.UNCERTAIN, "no room to rewrite", admin.answer(redact(admin, 2)));
      assertRefused(RejectionCode.UNCERTAIN, "no room to rewrite", admin.answer(redact(admin, 2)));
      assertInstanceOf(ServerMessage.EventMessage.class, create(alice), "others go on");
      assertEquals(200, DiskHangTest.readiness(server).statusCode());
      assertLeft("secret-2", "secret-3");
    }
    server.kill();
    Files.createFile(faults("small"));
    Files.delete(faults("full"));
    server.start();
    assertTrue(Files.readString(server.log()).contains("may have left what was redacted"));
    try (SoakConnection admin = admin(server)) {
      assertRefused(RejectionCode.UNCERTAIN, "no room to rewrite", admin.answer(redact(admin, 2)));
      assertLeft("secret-2", "secret-3");
      Files.delete(faults("small"));
      await()
          .atMost(LONG)
          .until(() -> admin.answer(redact(admin, 2)) instanceof ServerMessage.EventMessage);
      assertLeft("secret-3");
    }
  }

  private void fails(SoakServer server) throws Exception {
    Files.createFile(faults("eio"));
    try (SoakConnection admin = admin(server);
        SoakConnection alice = server.connect("alice")) {
      assertRefused(
          RejectionCode.UNCERTAIN, "the old text may still be", admin.answer(redact(admin, 3)));
      assertRefused(RejectionCode.READ_ONLY, "", create(alice));
      assertRefused(RejectionCode.UNCERTAIN, "", admin.answer(redact(admin, 3)));
      assertLeft("secret-3");
    }
    server.kill();
    try (DataDirectory directory = DataDirectory.open(data());
        SqliteJournal journal = SqliteJournal.open(directory)) {
      assertNull(journal.failure());
      await().atMost(LONG).until(() -> FileSearch.found(data(), SECRET).isEmpty());
    }
  }
}
