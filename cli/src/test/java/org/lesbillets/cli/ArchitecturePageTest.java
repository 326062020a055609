package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages, classes and members that the pages for developers name exist. */
class ArchitecturePageTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");

  /** {@code `cli.tui/TuiLoop`}, {@code `TicketBook.apply`}, {@code `LockLossDetector`}. */
  private static final Pattern NAMED =
      Pattern.compile("`(?:([a-z][a-z.]*)/)?([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");

  private static final Set<String> NOT_OURS = Set.of("Thread", "System");

  /** The sources in which a type of this name is declared. */
  private static final Map<String, List<String>> TYPES = new HashMap<>();

  private static final Map<String, String> FILES = new HashMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    for (String module : List.of("model", "server", "cli", "cli/codegen")) {
      try (Stream<Path> paths = Files.walk(ROOT.resolveSibling(module).resolve("src"))) {
        paths.filter(path -> path.toString().endsWith(".java")).forEach(ArchitecturePageTest::read);
      }
    }
    assertTrue(FILES.size() > 500, "sources read: " + FILES.size());
  }

  private static void read(Path path) {
    try {
      String text = Files.readString(path);
      String name = path.toString();
      FILES.put(name.substring(name.indexOf("/java/") + "/java/".length()), text);
      Matcher types = TYPE.matcher(text);
      while (types.find()) {
        TYPES.computeIfAbsent(types.group(1), key -> new ArrayList<>()).add(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/startup.md", "CONTRIBUTING.md"})
  void whatThePagesNameExists(String page) throws IOException {
    Matcher named = NAMED.matcher(Files.readString(ROOT.resolveSibling(page)));
    Set<String> missing = new TreeSet<>();
    int found = 0;
    while (named.find()) {
      found++;
      if (!exists(named.group(1), named.group(2), named.group(3))) {
        missing.add(named.group());
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(found > 5, "names found: " + found);
  }

  @Test
  void aNameThatDoesNotExistIsFound() {
    assertTrue(exists("server.desk", "TicketDesk", "submit"));
    assertTrue(!exists("server.desk", "TicketDesk", "subdue"));
    assertTrue(!exists("server.session", "TicketDesk", null));
    assertTrue(!exists(null, "TicketDusk", null));
  }

  private static boolean exists(String packageName, String type, String member) {
    if (packageName != null) {
      String path = "org/lesbillets/" + packageName.replace('.', '/') + "/" + type + ".java";
      return FILES.containsKey(path) && has(FILES.get(path), member);
    }
    return NOT_OURS.contains(type)
        || type.endsWith("VerbModels")
        || TYPES.getOrDefault(type, List.of()).stream().anyMatch(text -> has(text, member));
  }

  private static boolean has(String text, String member) {
    return member == null || Pattern.compile("\\b" + member + "\\b").matcher(text).find();
  }
}
