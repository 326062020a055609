package org.lesbillets.model;

import org.junit.jupiter.api.Test;
import org.lesbillets.tidy.Allowance;
import org.lesbillets.tidy.ArchitectureRules;
import org.lesbillets.tidy.Rule;
import org.lesbillets.tidy.SourceRules;

class TidyTest {

  @Test
  void theSourcesKeepTheHouseRules() {
    SourceRules.check(
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/model/message/ClientMessage.java",
            "every request in one sealed family, a record each"),
        new Allowance(
            Rule.HOME,
            "src/main/java/org/lesbillets/model/place/UserDirectories.java",
            "this is the place"));
  }

  /** Top to bottom: a package uses those below it. */
  @Test
  void thePackagesKeepTheirOrder() {
    ArchitectureRules.check(
        "model.rules model.wire",
        "model.message",
        "model.query",
        "model+model.field+model.event model.place");
  }
}
