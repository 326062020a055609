package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.bench.FanOutBench;
import org.lesbillets.bench.report.Report;
import org.lesbillets.tidy.RequiredTools;

/** A small form of {@code scripts/bench fanout}: this server and the loop in C. */
class FanOutBenchTest {
  private static final int WATCHERS = 40;

  @Test
  void eachWatcherReceivesEachEventOnceAndInOrder() throws Exception {
    RequiredTools.find("gcc", "gcc libc6-dev");
    Report report;
    try (TestServer server = TestServer.inMemory()) {
      report = FanOutBench.small(server.port(), "alice", WATCHERS);
    }
    assertTrue(report.sound(), () -> report.rows().toString());
    assertEquals(
        List.of("billets-server", "C loop, a write per read", "C loop, a write per round"),
        report.rows().stream().map(row -> row.get("server")).toList());
    for (Map<String, Object> row : report.rows()) {
      assertTrue((double) row.get("least") > 0, row::toString);
      // A few digits more or less of revisions; all send the same.
      assertEquals(716, (double) row.get("bytes an event"), 12, row::toString);
    }
    assertEquals(2, report.ratios().size());
  }
}
