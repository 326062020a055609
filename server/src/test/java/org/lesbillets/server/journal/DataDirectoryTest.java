package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.server.journal.sqlite.AcknowledgingAppender;

final class DataDirectoryTest {
  @TempDir Path temp;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    Path data = temp.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(data)) {
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
      assertEquals(data.toRealPath(), directory.path());
      assertEquals(data.toRealPath().resolve("tokens"), directory.file("tokens"));
    }
  }

  @Test
  void isHeldOnceInAProcess() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp);
    DataDirectory directory = DataDirectory.open(temp);
    for (Path again : new Path[] {temp, link}) {
      JournalException refused =
          assertThrows(JournalException.class, () -> DataDirectory.open(again));
      assertTrue(
          refused.getMessage().contains("using the data directory " + temp.toRealPath()),
          refused.getMessage());
    }
    directory.close();
    directory.close();
    DataDirectory.open(temp).close();
  }

  @Test
  void isHeldOnceOnAMachineAndFreeWhenItsHolderDies() throws Exception {
    Process holder = ChildJvm.start(DataDirectoryHolder.class, temp.toString());
    try (BufferedReader out = holder.inputReader()) {
      assertEquals("held " + temp.toRealPath(), out.readLine());
      for (int i = 0; i < 2; i++) {
        JournalException refused =
            assertThrows(JournalException.class, () -> DataDirectory.open(temp));
        assertTrue(
            refused.getMessage().contains("(process " + holder.pid() + ")"), refused.getMessage());
      }
    } finally {
      holder.destroyForcibly().waitFor();
    }
    DataDirectory.open(temp).close();
  }

  /** As SQLite uses the journal: every descriptor that it closes may end our lock. */
  @Test
  void isHeldWithoutItsLockFile() throws Exception {
    Path data = Files.createDirectory(temp.resolve("data"));
    Process server =
        ChildJvm.start(
            AcknowledgingAppender.class,
            data.toString(),
            "1",
            temp.resolve("backup.db").toString());
    try (BufferedReader out = server.inputReader()) {
      out.readLine();
      Files.delete(data.resolve("lock"));
      refusedBecause("Another server", data);
    } finally {
      server.destroyForcibly().waitFor();
    }
    try (DataDirectory directory = DataDirectory.open(data)) {
      directory.serve(0);
    }
  }

  private static void refusedBecause(String why, Path data) {
    JournalException refused =
        assertThrows(
            JournalException.class,
            () -> {
              try (DataDirectory directory = DataDirectory.open(data)) {
                directory.serve(0);
              }
            });
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
  void isRefusedWhereOthersMayWrite(String mode) throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString(mode));
    Files.writeString(temp.resolve("tokens"), "planted");
    refusedBecause("chmod 700 " + temp.toRealPath(), temp);
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataDirectory.open(temp).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock",
        "journal.db",
        "journal.db-wal",
        "journal.db-shm",
        "head",
        "tokens",
        "local.token"
      })
  void noLinkIsFollowedAndNoFileOfOthersTaken(String name) throws IOException {
    Path data = Files.createDirectory(temp.resolve("data"));
    Path precious = Files.writeString(temp.resolve("precious"), "precious");
    Path file = Files.createSymbolicLink(data.resolve(name), precious);
    refusedBecause(name + " is not a regular file", data);
    assertEquals("precious", Files.readString(precious));
    Files.delete(file);
    Files.createDirectory(file);
    refusedBecause(name + " is not a regular file", data);
    Files.delete(file);
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    refusedBecause("chmod 600", data);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    DataDirectory.open(data).close();
  }

  @Test
  void whatBelongsToAnotherUserIsRefused() throws IOException {
    Path data = Files.createDirectory(temp.resolve("data"));
    Path tokens = Files.writeString(data.resolve("tokens"), "planted");
    assumeTrue(isRoot(), "only root can give a file away");
    Files.setAttribute(tokens, "unix:uid", 65_534);
    refusedBecause("who could change it: 'chown 0 " + tokens, data);
    Files.delete(tokens);
    Files.setAttribute(data, "unix:uid", 65_534);
    refusedBecause("who could change it: do this as that user (runuser -u ", data);
  }

  private boolean isRoot() throws IOException {
    return (int) Files.getAttribute(temp, "unix:uid") == 0;
  }

  @Test
  void whereNothingCanBeMadeItSaysSo() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    for (Path data : new Path[] {file, file.resolve("data")}) {
      JournalException refused =
          assertThrows(JournalException.class, () -> DataDirectory.open(data));
      assertTrue(refused.getMessage().contains(data.toString()), refused.getMessage());
      assertTrue(refused.getMessage().contains("--data"), refused.getMessage());
    }
  }
}
