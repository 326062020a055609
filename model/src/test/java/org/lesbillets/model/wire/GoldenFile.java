package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examples kept as files, laid out to be read. {@code -Dgolden.write=true} writes those that are
 * missing or differ; what it changed is then looked at and committed, or is a mistake.
 */
final class GoldenFile {
  static final Path ROOT = Path.of("src/test/resources/golden");
  static final Path WIRE = ROOT.resolve("wire");
  static final Path JOURNAL = ROOT.resolve("journal");
  private static final Gson LAYOUT =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private GoldenFile() {}

  /** Holds that {@code json} says what the file says, field for field in its order. */
  static void assertSame(Path folder, String name, String json) throws IOException {
    Path file = folder.resolve(name + ".json");
    String laidOut = LAYOUT.toJson(JsonParser.parseString(json)) + "\n";
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(folder);
      Files.writeString(file, laidOut);
    }
    if (!Files.exists(file)) {
      fail(file + " is missing: make it with -Dgolden.write=true");
    }
    assertEquals(Files.readString(file), laidOut, file.toString());
  }

  static String read(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name + ".json"));
  }

  /** The names of the files there are. */
  static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
