package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class FileErrorMessagesTest {
  @TempDir Path folder;

  @Test
  void realTroubleIsToldInWords() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {(byte) 0xff});
    Path below = file.resolve("below");
    told("Not a directory", () -> Files.createDirectories(below));
    told(file + " is something else", () -> Files.createDirectories(file));
    told("there is no " + folder.resolve("no"), () -> Files.readString(folder.resolve("no")));
    told("it is not UTF-8 text", () -> Files.readString(file, StandardCharsets.UTF_8));
  }

  @Test
  void otherTroubleToo() {
    told("permission denied", () -> raise(new AccessDeniedException("file")));
    told("No space left on device", () -> raise(new IOException("No space left on device")));
    told("for no reason the system tells", () -> raise(new FileSystemException("file")));
  }

  private static void raise(IOException trouble) throws IOException {
    throw trouble;
  }

  private static void told(String why, Executable work) {
    assertEquals(why, FileErrorMessages.why(assertThrows(IOException.class, work)));
  }
}
