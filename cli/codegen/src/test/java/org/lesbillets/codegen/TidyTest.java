package org.lesbillets.codegen;

import org.junit.jupiter.api.Test;
import org.lesbillets.tidy.SourceRules;

class TidyTest {

  /** An exception goes here as an Allowance: the rule, the file, and the reason. */
  @Test
  void theSourcesKeepTheHouseRules() {
    SourceRules.check();
  }
}
