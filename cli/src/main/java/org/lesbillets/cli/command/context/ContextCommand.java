package org.lesbillets.cli.command.context;

import picocli.CommandLine.Command;

/** The verb {@code context}, a group: named servers. */
@Command(
    name = "context",
    description = {
      "Give servers names, each with where its token comes from.",
      "They stand in config.toml, where you may write too. The token of a context goes to the"
          + " context's own servers and to no other."
    },
    customSynopsis = "billets context VERB …",
    subcommands = {
      ContextAddCommand.class,
      ContextUseCommand.class,
      ContextListCommand.class,
      ContextShowCommand.class,
      ContextRemoveCommand.class
    },
    footer = {
      "  billets context add work --server wss://desk.example.org \\",
      "      --token-file ~/.config/billets/work.token",
      "  billets context use work",
      "  billets --context home list status:open"
    })
public final class ContextCommand {}
