package org.lesbillets.server;

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
            "src/main/java/org/lesbillets/server/ServiceNotifier.java",
            "the service manager's program, with the environment of the server"),
        new Allowance(
            Rule.CHILD,
            "src/main/java/org/lesbillets/server/unix/NameService.java",
            "getent and id, in the environment of the server"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/server/desk/ChangePipeline.java",
            "one state machine: the stages of a change, in the picture of its comment"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/server/session/ClientSession.java",
            "one state machine: where the parts of a session meet, and what ends it"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/server/session/CatchUp.java",
            "one state machine: the answer, the scan and the missed events, in their order"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/server/session/FilteredWatch.java",
            "one state machine: a watch from its catch-up to its end, and the answers held back"),
        new Allowance(
            Rule.FILE_LENGTH,
            "src/main/java/org/lesbillets/server/update/WatchFollower.java",
            "one state machine: a place in the chain, and what leads to it and away from it"));
  }

  /** Top to bottom: a package uses those below it. */
  @Test
  void thePackagesKeepTheirOrder() {
    ArchitectureRules.check(
        "server",
        "server.command",
        "server.metrics",
        "server.update server.websocket",
        "server.session",
        "server.match",
        "server.desk server.journal.etcd server.journal.sqlite server.tls server.unix",
        "server.auth server.desk.claim",
        "server.desk.queue",
        "server.desk.request",
        "server.desk.index",
        "server.config server.log server.journal server.journal.sqlite.row server.pubsub"
            + " server.work",
        "server.measure server.world");
  }
}
