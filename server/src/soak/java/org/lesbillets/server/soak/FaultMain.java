package org.lesbillets.server.soak;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lesbillets.fault.FaultCommand;
import org.lesbillets.fault.FaultOptions;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.server.soak.inject.Injection;

/** The fault scenarios that need the server alone, by the names scripts/ has for them. */
final class FaultMain {
  private static final int CHANGES_A_LIFE = 500;

  private FaultMain() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(FaultCommand.run(arguments, FaultMain::scenario, System.out));
  }

  private static FaultRun scenario(String name, FaultOptions options) {
    return switch (name) {
      case "crash" -> new CrashRun(ends(options, options.number("--kills", 20), true));
      case "terms" -> new CrashRun(ends(options, options.number("--terms", 100), false));
      case "answers" -> new LostAnswersRun(options.number("--answers", 10_000), options.seed());
      case "power" -> new PowerRun(power(options));
      case "faults" -> new InjectRun(inject(options));
      case "stall" ->
          new StallRun(
              new StallRun.Plan(
                  options.number("--readers", 100),
                  options.number("--changes", 10_000),
                  options.seed(),
                  true));
      case "mixed" -> new MixedRun(mixed(options));
      case "bits" -> new BitRun(bits(options));
      case "clock" -> new ClockRun(options.number("--operations", 20), options.seed());
      case "inputs", "tokens", "idle" -> new FloodRun(flood(name, options));
      default -> throw new IllegalArgumentException("there is no scenario '" + name + "'");
    };
  }

  private static CrashRun.Plan ends(FaultOptions options, int ends, boolean kills) {
    int tickets = options.number("--tickets", 1_000);
    return new CrashRun.Plan(ends, tickets, CHANGES_A_LIFE, options.seed(), kills);
  }

  private static MixedRun.Plan mixed(FaultOptions options) {
    int seconds = 60 * Math.max(1, options.number("--minutes", 30));
    int period = Math.max(1, Math.min(30, seconds / 15));
    return new MixedRun.Plan(seconds, period, options.seed());
  }

  private static InjectRun.Plan inject(FaultOptions options) {
    InjectRun.Plan.Counts counts =
        new InjectRun.Plan.Counts(
            Math.max(1, options.number("--first", 1)),
            options.number("--each", 30),
            Math.max(1, options.number("--step", 4)),
            Math.max(1, options.number("--most", 1_000)));
    String calls = options.word("--calls", String.join(",", Injection.CALLS));
    return new InjectRun.Plan(
        kinds(options.word("--kinds", "sigkill,eio,enospc")),
        List.of(calls.split(",")),
        counts,
        options.seed());
  }

  private static Set<Injection.Kind> kinds(String words) {
    Set<Injection.Kind> kinds = EnumSet.noneOf(Injection.Kind.class);
    for (String word : words.split(",")) {
      if (!word.matches("sigkill|eio|enospc")) {
        throw new IllegalArgumentException("--kinds needs some of sigkill,eio,enospc");
      }
      kinds.add(Injection.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return kinds;
  }

  private static PowerRun.Plan power(FaultOptions options) {
    int images = options.number("--images", 100);
    return new PowerRun.Plan(
        images,
        options.number("--servers", images / 50),
        options.number("--changes", 1_000),
        options.seed());
  }

  private static BitRun.Plan bits(FaultOptions options) {
    return BitRun.Plan.everywhere(
        options.number("--flips", 1_000), options.number("--events", 600), options.seed());
  }

  private static FloodRun.Plan flood(String name, FaultOptions options) {
    return new FloodRun.Plan(
        FloodRun.Kind.valueOf(name.toUpperCase(Locale.ROOT)),
        options.number("--count", name.equals("idle") ? 10_000 : 100_000),
        Math.max(1, options.number("--rate", 2_000)),
        options.seed());
  }
}
