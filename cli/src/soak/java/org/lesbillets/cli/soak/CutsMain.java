package org.lesbillets.cli.soak;

import java.nio.file.Path;
import org.lesbillets.fault.FaultCommand;
import org.lesbillets.fault.FaultOptions;
import org.lesbillets.fault.FaultRun;

/** {@code scripts/cuts}: connections that are cut, dropped and half-opened, a server's pauses. */
final class CutsMain {
  private CutsMain() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(FaultCommand.run(arguments, CutsMain::scenario, System.out));
  }

  private static FaultRun scenario(String name, FaultOptions options) {
    return new CutsRun(
        new CutsRun.Plan(
            Path.of(System.getProperty("soak.root")),
            options.number("--cuts", 100),
            options.number("--silences", 12),
            options.number("--pauses", 3),
            options.seed(),
            false));
  }
}
