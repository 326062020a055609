package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteDraftsTest {
  @TempDir Path state;

  private NoteDrafts notes() {
    return new NoteDrafts(state.resolve("billets").resolve("drafts"));
  }

  private String newest(String name) {
    return notes().newest(name).map(NoteDrafts.Note::text).orElse(null);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(notes().folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aTextIsFoundAgainByAnotherProcess() throws Exception {
    Path file = notes().create("new", "Half a\nthought 打印机");
    assertEquals("Half a\nthought 打印机", newest("new"));
    assertEquals(file, notes().newest("new").orElseThrow().file());
    assertEquals(null, newest("other"));
    assertEquals(List.of("new.note"), files());
  }

  @Test
  void itIsItsOwnersAlone() throws Exception {
    Path file = notes().create("new", "secret");
    notes().rewrite(file, "secret too");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
  }

  @Test
  void anotherOfOneNameLeavesTheFirstAlone() throws Exception {
    Path first = notes().create("new", "first");
    Path second = notes().create("new", "second");
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000));
    assertEquals("second", newest("new"));
    notes().remove(second);
    assertEquals("first", newest("new"));
    assertEquals(List.of("new.note"), files());
    notes().remove(first);
    notes().remove(first);
    assertEquals(null, newest("new"));
  }

  @Test
  void theOneWrittenLastIsTheNewest() throws Exception {
    Path first = notes().create("new", "first");
    Path second = notes().create("new", "second");
    Files.setLastModifiedTime(second, FileTime.fromMillis(1_000));
    notes().rewrite(first, "first again");
    assertEquals("first again", newest("new"));
  }

  @Test
  void whatIsNoTextAndWhatIsBlankIsPassedBy() throws Exception {
    notes().create("new", "good");
    Files.write(notes().create("new", ""), new byte[] {(byte) 0xFF, (byte) 0xFE});
    notes().create("new", " \n");
    assertEquals("good", newest("new"));
  }

  @Test
  void aFileSomebodyRemovedIsWrittenAgain() throws Exception {
    Path file = notes().create("new", "text");
    Files.delete(file);
    notes().rewrite(file, "text again");
    assertEquals("text again", newest("new"));
  }

  @Test
  void thereIsAnEndToThemAll() throws Exception {
    for (int n = 0; n < 120; n++) {
      notes().create("new", "text " + n);
    }
    assertEquals(99, files().size());
    assertEquals("text 119", Files.readString(notes().folder().resolve("new-99.note")));
  }

  @Test
  void aDiskThatFailsSaysSoInASentence() throws Exception {
    Files.createDirectories(notes().folder().resolve("new.note"));
    UncheckedIOException unreadable =
        assertThrows(UncheckedIOException.class, () -> notes().newest("new"));
    assertTrue(
        unreadable.getMessage().contains("new.note cannot be read ("), unreadable.getMessage());
    Files.createFile(state.resolve("file"));
    NoteDrafts nowhere = new NoteDrafts(state.resolve("file").resolve("drafts"));
    UncheckedIOException unwritable =
        assertThrows(UncheckedIOException.class, () -> nowhere.create("new", "text"));
    assertTrue(
        unwritable.getMessage().endsWith("): check the folder and its disk"),
        unwritable.getMessage());
  }
}
