package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class-data archives of the packaged program, on every Java this machine has. */
@Tag("distribution")
@Timeout(Patience.SECONDS)
@WithServer
class ArchiveTest {
  private static final Duration MAKING = Duration.ofSeconds(120);
  private static final int AT_ONCE = 5;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static Map<String, String> agent;

  @BeforeAll
  static void start() {
    agent = server.newAgent("alice").environment();
  }

  static List<String> javas() throws IOException {
    return Javas.all();
  }

  /** A distribution of its own, so that its jars can be touched, and a home of its own. */
  private record Place(Path home, Map<String, String> environment) {
    static Place with(String java) throws IOException {
      Path home = folder.resolve("home with " + Path.of(java).getFileName());
      Path from = Path.of(Distribution.billets().get(0)).getParent().getParent();
      // A space in the path would do without an archive.
      Path to = folder.resolve("of-" + Path.of(java).getFileName());
      copy(from, to);
      Map<String, String> environment = new TreeMap<>(agent);
      environment.put("JAVA_HOME", java);
      environment.put("HOME", home.toString());
      environment.put("BILLETS_ARCHIVE", "");
      environment.put("BILLETS", to.resolve("bin/billets").toString());
      Files.createDirectories(home);
      return new Place(home, environment);
    }

    private static void copy(Path from, Path to) throws IOException {
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }

    Path program() {
      return Path.of(environment.get("BILLETS"));
    }

    Running start(String... words) {
      List<String> command = new ArrayList<>(List.of(program().toString()));
      command.addAll(List.of(words));
      return Running.start(home, environment, command);
    }

    ProcessOutcome run(String... words) {
      try (Running running = start(words)) {
        return running.outcome();
      }
    }

    /** Runs it with an eye on where its classes come from; the lines that name the main one. */
    List<String> origin(String... words) throws IOException {
      Path log = home.resolve("classes");
      Map<String, String> watched = new TreeMap<>(environment);
      watched.put("BILLETS_JAVA_OPTS", "-Xlog:class+load:file=classes");
      new Place(home, watched).run(words).succeeds();
      try (Stream<String> lines = Files.lines(log)) {
        return lines.filter(line -> line.contains("org.lesbillets.cli.BilletsMain ")).toList();
      }
    }

    List<String> archives() {
      try (Stream<Path> files = Files.list(home.resolve(".cache/billets"))) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void awaitArchive() {
      await("an archive")
          .atMost(MAKING)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  Files.isDirectory(home.resolve(".cache/billets"))
                      && archives().size() == 1
                      && archives().get(0).endsWith(".jsa"));
    }
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theFirstUseLeavesOneThatIsTakenAsLongAsItFits(String java) throws Exception {
    Place place = Place.with(java);
    List<Running> first = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      first.add(place.start("list"));
    }
    first.forEach(running -> running.outcome().prints());
    place.awaitArchive();
    assertTrue(place.origin("list").get(0).contains("shared objects file"));
    place.run("--version").line();

    List<String> made = place.archives();
    touch(place.program().getParent().getParent().resolve("lib"));
    place.run("list").prints();
    assertEquals(List.of(), place.archives(), "what does not fit is removed");
    place.run("list").prints();
    place.awaitArchive();
    assertEquals(made, place.archives());
    assertTrue(place.origin("list").get(0).contains("shared objects file"));

    spoil(place.home().resolve(".cache/billets").resolve(made.get(0)));
    place.run("list").prints();
    assertEquals(List.of(), place.archives(), "what is broken is removed");
  }

  private static void touch(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      }
    }
  }

  /** As a disk may leave it that was full, or that was cut off from its power. */
  private static void spoil(Path archive) throws IOException {
    assertTrue(archive.toFile().setWritable(true));
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void whoDoesNotWantOneHasNone(String java) throws Exception {
    Map<String, String> environment = new TreeMap<>(agent);
    environment.put("JAVA_HOME", java);
    environment.put("HOME", folder.resolve("none").toString());
    Running.run(folder, environment, Distribution.billets("list")).prints();
    assertFalse(Files.exists(folder.resolve("none/.cache")));
  }
}
