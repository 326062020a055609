package org.lesbillets.cli;

import org.junit.jupiter.api.Test;
import org.lesbillets.tidy.Allowance;
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
}
