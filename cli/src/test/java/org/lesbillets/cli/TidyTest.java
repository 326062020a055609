package org.lesbillets.cli;

import org.junit.jupiter.api.Test;
import org.lesbillets.tidy.Allowance;
import org.lesbillets.tidy.ArchitectureRules;
import org.lesbillets.tidy.Rule;
import org.lesbillets.tidy.SourceRules;

class TidyTest {

  /** An exception goes here as an Allowance: the rule, the file, and the reason. */
  @Test
  void theSourcesKeepTheHouseRules() {
    SourceRules.check(
        new Allowance(
            Rule.CHILD,
            "src/main/java/org/lesbillets/cli/process/CallerEnvironment.java",
            "this is the place"),
        new Allowance(
            Rule.NULL_ARGUMENTS,
            "src/main/java/org/lesbillets/cli/client/ServerAddress.java",
            "the constructor of URI has no shorter form with a query"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/cli/tui/terminal/KeyDecoder.java",
            "one automaton, whose states are best read together"));
  }

  /** Top to bottom: a package uses those below it. */
  @Test
  void thePackagesKeepTheirOrder() {
    ArchitectureRules.check(
        "cli.startup.rehearsal",
        "cli",
        "cli.startup",
        "cli.command.root",
        "cli.tui",
        "cli.tui.render cli.tui.update",
        "cli.tui.text cli.command.doctor",
        "cli.tui.live cli.tui.terminal",
        "cli.tui.event",
        "cli.tui.state+cli.tui.state.list+cli.tui.state.editor"
            + " cli.command.watch cli.command.work",
        "cli.command.admin cli.command.bench cli.command.bulk cli.command.completion"
            + " cli.command.context cli.command.edit cli.command.lock cli.command.status"
            + " cli.command.ticket",
        "cli.command",
        "cli.client.bench",
        "cli.client.lock cli.client.pipeline cli.client.watch",
        "cli.client.retry cli.config cli.output.table",
        "cli.client cli.output",
        "cli.client.transport cli.output.console",
        "cli.command.bulk.format cli.process cli.text cli.tui.key cli.tui.screen");
  }
}
