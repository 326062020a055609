package org.lesbillets.server.soak;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;

/**
 * Eight writers lose the first answer to each of their changes: their connections are cut at once,
 * soon, or when the answer has arrived, and each change is sent again under its operation id.
 */
final class LostAnswersRun implements FaultRun {
  private static final int WRITERS = 8;
  private static final int TICKETS = 100;

  private final int answers;
  private final Random random;

  LostAnswersRun(int answers, long seed) {
    this.answers = answers;
    this.random = new Random(seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    SoakServer server = new SoakServer(directory.resolve("data"), Map.of());
    for (String agent : ChangeLoad.agents(WRITERS)) {
      server.admit(agent);
    }
    server.start();
    try (server;
        ChangeLoad load = new ChangeLoad(server)) {
      ChangeLoad.createTickets(server, TICKETS);
      int each = (answers + WRITERS - 1) / WRITERS;
      for (String agent : ChangeLoad.agents(WRITERS)) {
        load.start(
            new ChangeWriter.Who(agent, random.nextLong(), TICKETS, 0, true), done -> done < each);
      }
      load.join();
      FaultReport report = new FaultReport(load.check());
      report.add(
          "answers",
          "%,d lost, %,d changes, each with one effect unless told below",
          load.writers().stream().mapToInt(ChangeWriter::lost).sum(),
          load.acknowledged());
      return report;
    }
  }
}
