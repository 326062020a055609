package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Named servers, with processes and a real server. */
@Timeout(Patience.SECONDS)
class ContextAcceptanceTest {
  @TempDir Path folder;

  private Billets agent() {
    return new Billets(folder, Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()));
  }

  @Test
  void aNamedServerIsReachedWithItsTokenAndNoOtherIs() throws IOException {
    try (ServerProcess server = ServerProcess.start(folder.resolve("one"))) {
      Billets known = server.newAgent("alice");
      String url = known.environment().get("BILLETS_SERVER");
      Path token = folder.resolve("alice.token");
      Files.createFile(
          token,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(token, known.environment().get("BILLETS_TOKEN") + "\n");
      Billets alice = agent();
      alice.does("context add desk --server " + url + " --token-file " + token).succeeds();
      alice
          .does("context add run --server " + url + " --token-command 'cat " + token + "'")
          .succeeds();
      alice.does("--context desk create --title 'by file'").prints("1");
      alice.does("--context run show 1 --field createdBy").prints("alice");
      alice.does("context use run").succeeds();
      alice.does("create --title 'by command'").prints("2");
      String elsewhere = url.replace("127.0.0.1", "localhost");
      alice.does("--server " + elsewhere + " list").fails(4, "token");
      // The command under a lock is the same agent at the same server.
      alice
          .with("BILLETS_TOKEN", "blt_wrong")
          .start("--context desk lock 1 -- " + billets() + " comment 1 here")
          .outcome()
          .succeeds();
      alice.does("show 1 --field commentCount").prints("1");
    }
  }

  private static String billets() {
    return String.join(" ", Distribution.billetsFromClasses());
  }

  @Test
  void ofManyProcessesThatAddNoneLosesAnother() {
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(agent().start("context add c" + i + " --server host" + i));
    }
    all.forEach(running -> running.outcome().succeeds());
    List<String> names = agent().does("context list -o id").lines();
    assertEquals(List.of("c0", "c1", "c2", "c3", "c4", "c5"), names.stream().sorted().toList());
  }

  @Test
  void withoutAFileNoTomlClassIsLoaded() throws IOException {
    List<String> command = new ArrayList<>(Distribution.billetsFromClasses());
    command.add(1, "-Xlog:class+load");
    command.addAll(List.of("--server", "127.0.0.1:1", "list", "-o", "table"));
    Map<String, String> environment = agent().environment();
    ProcessOutcome without = Running.run(folder, environment, command);
    without.exits(8);
    assertTrue(without.out().contains("org.lesbillets.cli.config.Settings "), without.out());
    assertFalse(without.out().contains("org.tomlj."), without.out());
    Files.createDirectories(folder.resolve("config/billets"));
    Files.writeString(folder.resolve("config/billets/config.toml"), "color = \"never\"\n");
    ProcessOutcome with = Running.run(folder, environment, command);
    with.exits(8);
    assertTrue(with.out().contains("org.tomlj."), with.out());
  }
}
