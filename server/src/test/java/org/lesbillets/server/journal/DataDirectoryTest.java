package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
