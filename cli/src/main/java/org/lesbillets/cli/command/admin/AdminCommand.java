package org.lesbillets.cli.command.admin;

import picocli.CommandLine.Command;

/** The verb {@code admin}, a group: the server itself. */
@Command(
    name = "admin",
    description = {
      "See and end connections, drain the server, and remove texts for good.",
      "For the role admin; the server refuses all others."
    },
    customSynopsis = "billets admin VERB …",
    subcommands = {
      AdminSessionsCommand.class,
      AdminKickCommand.class,
      AdminDrainCommand.class,
      AdminRedactCommand.class
    },
    footer = {
      "  billets admin sessions",
      "  billets admin kick s17 --reason 'your script loops'",
      "  billets admin drain --after 5m"
    })
public final class AdminCommand {}
