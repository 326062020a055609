package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.bench.QueryBench;
import org.lesbillets.bench.report.Report;

/** A small form of {@code scripts/bench queries}: costly queries do not hold up other requests. */
class QueryBenchTest {
  private static final QueryBench.Load LOAD = new QueryBench.Load(10, 10, 40);
  private static final int TICKETS = 2_000;
  private static final int SECONDS = 2;

  /** Far above what it takes on a busy machine; it would be all of the run's time if they did. */
  private static final double MOST_MILLIS = 1_000;

  @Test
  void ordinaryRequestsAreAnsweredBesideCostlyQueries() throws Exception {
    Report report = new Report("small", Map.of());
    try (TestServer server = TestServer.inMemory()) {
      QueryBench bench = new QueryBench(server.port(), n -> "agent" + n, LOAD, report);
      double worst = bench.run(TICKETS, SECONDS);
      assertTrue(worst < MOST_MILLIS, () -> report.rows().toString());
    }
  }
}
