package org.lesbillets.cli.command.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.output.Finding;

/**
 * Whether the login shell has the completion script: in a directory from which it loads such
 * scripts, or named in one of its own files. Confined to one thread.
 */
final class CompletionCheck {
  private static final String CHECK = "completion";
  private static final Set<String> SHELLS = Set.of("bash", "zsh", "fish");
  private static final String SYSTEM_DIRECTORIES = "/usr/local/share:/usr/share";
  private static final long MOST_BYTES = 1 << 20;

  private final CommandContext context;

  CompletionCheck(CommandContext context) {
    this.context = context;
  }

  Finding finding() {
    String login = context.environment("SHELL");
    String shell = login == null ? "" : login.substring(login.lastIndexOf('/') + 1);
    if (!SHELLS.contains(shell)) {
      return Finding.ok(CHECK, "the shell is none of bash, zsh and fish");
    }
    if (ownFiles(shell).anyMatch(CompletionCheck::names)) {
      return Finding.ok(CHECK, shell + " has it");
    }
    if (scripts(shell).noneMatch(Files::exists)) {
      return Finding.warning(
          CHECK, shell + " has none: the tab key does not know billets", cure(shell));
    }
    return shell.equals("bash") && dataDirectories().noneMatch(CompletionCheck::loads)
        ? Finding.warning(
            CHECK,
            "bash does not look for it: the package bash-completion is not installed",
            "install it, or " + cure(shell))
        : Finding.ok(CHECK, shell + " has it");
  }

  private static String cure(String shell) {
    return switch (shell) {
      case "bash" -> "add this line to ~/.bashrc: source <(billets completion bash)";
      case "zsh" -> "add this line to ~/.zshrc, below compinit: source <(billets completion zsh)";
      default -> "billets completion fish >~/.config/fish/completions/billets.fish";
    };
  }

  /** Whether bash-completion is below it, by which bash loads the scripts of all programs. */
  private static boolean loads(Path data) {
    return Files.exists(data.resolve("bash-completion/bash_completion"));
  }

  private Stream<Path> scripts(String shell) {
    List<String> names =
        switch (shell) {
          case "bash" -> List.of("bash-completion/completions/billets");
          case "zsh" -> List.of("zsh/site-functions/_billets", "zsh/vendor-completions/_billets");
          default -> List.of("fish/vendor_completions.d/billets.fish");
        };
    return dataDirectories().flatMap(folder -> names.stream().map(folder::resolve));
  }

  private Stream<Path> dataDirectories() {
    String own = context.environment("XDG_DATA_HOME");
    String shared = context.environment("XDG_DATA_DIRS");
    List<Path> folders = new ArrayList<>();
    folders.add(own == null ? home().resolve(".local/share") : Path.of(own));
    for (String folder : (shared == null ? SYSTEM_DIRECTORIES : shared).split(":")) {
      folders.add(Path.of(folder));
    }
    return folders.stream();
  }

  private Stream<Path> ownFiles(String shell) {
    List<String> names =
        switch (shell) {
          case "bash" -> List.of(".bashrc", ".bash_profile", ".profile", ".bash_completion");
          case "zsh" -> List.of(".zshrc", ".zprofile");
          default -> List.of(".config/fish/config.fish", ".config/fish/completions/billets.fish");
        };
    return names.stream().map(home()::resolve);
  }

  private Path home() {
    return context.folders().home();
  }

  /** Whether a file of the shell's says something about it; an unreadable one does not. */
  private static boolean names(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) <= MOST_BYTES
          && Files.readString(file, StandardCharsets.ISO_8859_1).contains("billets");
    } catch (IOException e) {
      return false;
    }
  }
}
