package org.lesbillets.cli.command.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.output.Finding;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.cli.tui.terminal.TerminalTraits;

/** The checks of the machine and the account, which need no server. Confined to one thread. */
final class MachineChecks {
  private static final int LEAST_JAVA = 17;
  private static final int COLOURS = 16;

  /** Set by the launcher, to the path of the class-data archive. */
  private static final String ARCHIVE = "billets.archive";

  private static final List<String> JAVA_OPTIONS =
      List.of("BILLETS_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private final CommandContext context;

  MachineChecks(CommandContext context) {
    this.context = context;
  }

  /** The launcher refuses an older one before; this is for who starts Java directly. */
  Finding java() {
    int version = Runtime.version().feature();
    String found = "Java " + System.getProperty("java.version");
    return version >= LEAST_JAVA
        ? Finding.ok("java", found)
        : Finding.failure("java", found + " is too old", "install Java 17 or newer");
  }

  /** The directory of drafts, or where it will be made. */
  Finding drafts() {
    Path folder = context.folders().state();
    Path there = folder;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Finding.ok("drafts", "kept in " + folder)
        : Finding.warning(
            "drafts",
            "what is typed cannot be kept: " + there + " is no directory that you may write",
            "make it one, or set XDG_STATE_HOME to another");
  }

  /** Whether this run took the archive that the launcher named. */
  Finding archive() {
    String check = "archive";
    String again =
        "run billets again in half a minute; 'BILLETS_ARCHIVE=make billets' makes one at"
            + " once, and says what fails";
    if (System.getProperty(ARCHIVE) != null) {
      return System.getProperty("java.vm.info", "").contains("sharing")
          ? Finding.ok(check, "in use, so that billets starts sooner")
          : Finding.warning(check, "it was made for another Java or other jars", again);
    }
    if ("off".equals(context.environment("BILLETS_ARCHIVE"))) {
      return Finding.warning(
          check, "BILLETS_ARCHIVE is off: billets starts later than it could", "unset it");
    }
    return JAVA_OPTIONS.stream()
        .filter(name -> context.environment(name) != null)
        .findFirst()
        .map(name -> Finding.ok(check, "not looked at, since " + name + " has options for Java"))
        .orElse(
            Finding.warning(
                check, "not in use in this run: billets starts later than it could", again));
  }

  /** What the locale and TERM say; a script has no terminal, but hands on both. */
  List<Finding> terminal() {
    TerminalTraits traits = TerminalTraits.of(true, context.environment());
    Finding charset =
        traits.charset().equals(StandardCharsets.UTF_8)
            ? Finding.ok("locale", "UTF-8")
            : Finding.warning(
                "locale",
                "it names no UTF-8: the live view draws lines and glyphs in ASCII",
                "export LC_ALL=C.UTF-8, or another locale of UTF-8 that 'locale -a' lists");
    return List.of(charset, colours());
  }

  private Finding colours() {
    String term = context.environment("TERM");
    if (term == null) {
      return context.console().terminal().out()
          ? fewColours("TERM is not set")
          : Finding.ok("colours", "TERM is not set, and this is no terminal");
    }
    int colours = colours(term);
    return colours >= COLOURS
        ? Finding.ok("colours", "TERM is " + term)
        : fewColours("the terminal has " + colours + " of 16 colours, says TERM=" + term);
  }

  private static Finding fewColours(String found) {
    return Finding.warning(
        "colours",
        found,
        "set TERM to what your terminal is, often xterm-256color, inside tmux tmux-256color");
  }

  /** Number of colours of a kind of terminal; 0 if the system does not know it. */
  private static int colours(String term) {
    if (term.contains("256color") || term.contains("direct")) {
      return 256;
    }
    try {
      Process tput =
          CallerEnvironment.program("tput", "-T", term, "colors")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(tput.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.strip().matches("\\d{1,8}") ? Integer.parseInt(said.strip()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether the first word of the editor's command line is a program. */
  Finding editor() {
    String command = Editor.chosen(context::environment).command();
    String program =
        Arrays.stream(command.strip().split("\\s+"))
            .filter(word -> !word.matches("\\w+=.*"))
            .findFirst()
            .orElse("");
    boolean quoted = program.matches(".*[\"'$`\\\\~(].*");
    return quoted || isProgram(program)
        ? Finding.ok("editor", quoted ? command : program)
        : Finding.warning(
            "editor",
            "there is no program " + program + ", with which 'billets edit' opens a ticket",
            "install it, or set EDITOR to an editor that is there");
  }

  private boolean isProgram(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    String path = context.environment("PATH");
    return Stream.of((path == null ? "/usr/bin:/bin" : path).split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
