package org.lesbillets.cli.command.completion;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code completion}: prints the script for a shell. */
@Command(
    name = "completion",
    description = {
      "Print what has a shell complete verbs, options, values, and tickets with their titles.",
      "Tickets, agents, tags and contexts are asked for when they are needed; a server that is away"
          + " offers none. To keep it, for bash:",
      "  billets completion bash \\",
      "    >~/.local/share/bash-completion/completions/billets",
      "and for zsh, with a folder of its fpath:",
      "  billets completion zsh >~/.zsh/completions/_billets",
      "and for fish:",
      "  billets completion fish >~/.config/fish/completions/billets.fish"
    },
    customSynopsis = "billets completion bash|zsh|fish",
    footer = {"  source <(billets completion bash)"})
public final class CompletionCommand implements Verb {
  @Parameters(paramLabel = "SHELL", converter = OfShell.class, description = "bash, zsh or fish.")
  CompletionShell shell;

  @Override
  public void run(CommandContext context) {
    String script = CompletionScript.of(shell, context.wholeCommandLine());
    context.printText("completion " + shell.wireName(), script);
  }

  static final class OfShell extends Converters.OfEnum<CompletionShell> {
    OfShell() {
      super(CompletionShell.values(), CompletionShell::wireName);
    }
  }
}
