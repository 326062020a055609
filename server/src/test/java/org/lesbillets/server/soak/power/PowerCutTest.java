package org.lesbillets.server.soak.power;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/** What images hold: what is synced always, the rest in every possible way. */
class PowerCutTest {
  private static final int IMAGES = 300;
  private static final Path DATA = Path.of("/data");

  @TempDir Path folder;

  private final List<DiskOperation> operations = new ArrayList<>();
  private int line;

  private void does(Kind kind, String name) {
    line++;
    operations.add(DiskOperation.of(kind, DATA.resolve(name), line, line));
  }

  private void writes(String name, long offset, String text) {
    line++;
    DiskOperation write = DiskOperation.of(Kind.WRITE, DATA.resolve(name), line, line);
    operations.add(write.of(text.getBytes(ISO_8859_1), offset));
  }

  /** Each image's files, as names with the first letters of their sectors. */
  private Set<String> images(Map<String, byte[]> before) throws IOException {
    Set<String> found = new TreeSet<>();
    Random seeds = new Random(1);
    for (int i = 0; i < IMAGES; i++) {
      Path image = Files.createDirectory(folder.resolve(line + "-" + i));
      PowerCut.at(line, before, operations).write(image, new Random(seeds.nextLong()));
      Set<String> files = new TreeSet<>();
      try (var all = Files.list(image)) {
        for (Path file : all.toList()) {
          files.add(file.getFileName() + ":" + sectors(Files.readString(file, ISO_8859_1)));
        }
      }
      found.add(String.join(" ", files));
    }
    return found;
  }

  private static String sectors(String text) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < text.length(); i += 512) {
      letters.append(text.charAt(i) == 0 ? '0' : text.charAt(i));
    }
    return letters.toString();
  }

  @Test
  void whatIsSyncedIsThereAndTheRestInAnyPartAndOrder() throws Exception {
    Map<String, byte[]> before = Map.of("a", "o".repeat(1024).getBytes(ISO_8859_1));
    writes("a", 0, "s".repeat(512));
    does(Kind.SYNC, "a");
    assertEquals(Set.of("a:so"), images(before));
    writes("a", 0, "u".repeat(1024));
    writes("a", 1024, "v".repeat(512));
    assertEquals(
        Set.of("a:so", "a:uo", "a:su", "a:uu", "a:sov", "a:uov", "a:suv", "a:uuv"), images(before));
    does(Kind.SYNC, "a");
    line++;
    operations.add(DiskOperation.of(Kind.TRUNCATE, DATA.resolve("a"), line, line).at(512));
    assertEquals(Set.of("a:uuv", "a:u"), images(before));
  }

  @Test
  void aNameIsThereWhenItsDirectoryIsSynced() throws Exception {
    does(Kind.CREATE, "a.part");
    writes("a.part", 0, "n");
    assertEquals(Set.of("", "a.part:", "a.part:n"), images(Map.of()));
    does(Kind.SYNC, "a.part");
    line++;
    operations.add(
        DiskOperation.of(Kind.RENAME, DATA.resolve("a.part"), line, line).to(DATA.resolve("a")));
    assertEquals(Set.of("", "a.part:n", "a:n"), images(Map.of()));
    does(Kind.SYNC_DIRECTORY, "");
    assertEquals(Set.of("a:n"), images(Map.of()));
    does(Kind.UNLINK, "a");
    assertEquals(Set.of("a:n", ""), images(Map.of()));
  }

  @Test
  void aSyncCoversWhatReturnedBeforeItBeganOnceItReturned() throws Exception {
    Map<String, byte[]> before = Map.of("a", "o".getBytes(ISO_8859_1));
    byte[] text = {'n'};
    operations.add(DiskOperation.of(Kind.WRITE, DATA.resolve("a"), 1, 3).of(text, 0));
    operations.add(DiskOperation.of(Kind.SYNC, DATA.resolve("a"), 2, 4));
    operations.add(DiskOperation.of(Kind.SYNC, DATA.resolve("a"), 5, 7));
    for (line = 4; line < 7; line++) {
      assertEquals(Set.of("a:o", "a:n"), images(before));
    }
    assertEquals(Set.of("a:n"), images(before));
  }
}
