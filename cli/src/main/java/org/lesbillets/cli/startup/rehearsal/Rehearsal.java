package org.lesbillets.cli.startup.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.BilletsMain;
import org.lesbillets.cli.startup.ClassPreload;
import org.lesbillets.model.wire.WireFormatException;

/**
 * Main class of the training run whose loaded classes go into a class-data archive: one verb after
 * the other, on one thread. It ends by the path a process ends by, since a single class outside the
 * archive has all jars opened.
 */
public final class Rehearsal {
  /** Every verb of one answer, and every format. */
  private static final List<List<String>> VERBS =
      List.of(
          List.of("list"),
          List.of("list", "status:open", "assignee:me", "--sort", "-priority", "-o", "table"),
          List.of("list", "--limit", "1", "-o", "json"),
          List.of("list", "-o", "jsonl"),
          List.of("list", "-o", "id"),
          List.of("locks"),
          List.of("show", "17", "-o", "table"),
          List.of("show", "17", "--field", "title"),
          List.of("create", "--title", "Printer on fire", "--priority", "urgent"),
          List.of("update", "17", "--add-tag", "hardware"),
          List.of("comment", "17", "The fire is out."),
          List.of("lock", "17", "--ttl", "1h", "--note", "calling"),
          List.of("claim", "tag:hardware"),
          List.of("unlock", "17"),
          List.of("close", "17"),
          List.of("status", "--max-age", "0s", "--timeout", "5m"),
          List.of("status", "--format", "{mine}/{open} {left}", "--timeout", "5m"),
          List.of("complete", "tickets", "status:open"));

  /**
   * The configuration of a user with a context; the timeout is long, since the machine may be busy.
   */
  private static final String CONFIG =
      """
      # One context, in use.
      context = "rehearsal"
      timeout = "5m"

      [contexts.rehearsal]
      server = "SERVER"
      token_file = "~/token"
      """;

  /** A verb that loads Tyrus. */
  private static final List<String> LASTING = List.of("watch", "--count", "1");

  /** From this version on every class of an archive is loaded eagerly. */
  private static final int LOADS_ALL = 24;

  private Rehearsal() {}

  /**
   * @param args a folder, which stands for the user's home
   */
  public static void main(String[] args) throws IOException, WireFormatException {
    RehearsalServer server = RehearsalServer.open();
    Map<String, String> environment =
        Map.of("BILLETS_SERVER", server.address(), "BILLETS_TOKEN", "rehearsal");
    Path home = Path.of(args[0]).toAbsolutePath();
    write(home.resolve(".config/billets/config.toml"), CONFIG.replace("SERVER", server.address()));
    write(home.resolve("token"), "rehearsal\n");
    VERBS.forEach(verb -> play(verb, environment, home));
    play(List.of("list"), Map.of(), home);
    if (Runtime.version().feature() < LOADS_ALL) {
      play(LASTING, environment, home);
    }
    ClassPreload.load();
    // As a process begins and ends.
    BilletsMain.main(new String[] {"--version"});
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void play(List<String> verb, Map<String, String> environment, Path home) {
    int code = BilletsMain.ofSystem(environment, home).runTyped(verb.toArray(new String[0]));
    if (code != 0) {
      System.exit(code);
    }
  }
}
