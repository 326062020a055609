package org.lesbillets.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.bench.QueryBench;

/** A small form of {@code scripts/bench queries}: costly queries do not hold up other requests. */
class QueryBenchTest {
  private static final QueryBench.Load LOAD = new QueryBench.Load(10, 10, 40);
  private static final int TICKETS = 2_000;
  private static final int SECONDS = 2;

  /** Far above what it takes on a busy machine; it would be all of the run's time if they did. */
  private static final double MOST_MILLIS = 1_000;

  @Test
  void ordinaryRequestsAreAnsweredBesideCostlyQueries() throws Exception {
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    try (TestServer server = TestServer.inMemory();
        PrintStream out = new PrintStream(report, true, UTF_8)) {
      QueryBench bench = new QueryBench(server.port(), n -> "agent" + n, LOAD, out);
      double worst = bench.run(TICKETS, SECONDS);
      assertTrue(worst < MOST_MILLIS, () -> report.toString(UTF_8));
    }
  }
}
