package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.List;

/** The figures of a run, a line each, and its violations. */
final class FaultReport {
  private final List<String> lines = new ArrayList<>();
  private final Violations violations;

  FaultReport(Violations violations) {
    this.violations = violations;
  }

  void add(String what, String pattern, Object... arguments) {
    lines.add("%-12s %s".formatted(what, pattern.formatted(arguments)));
  }

  Violations violations() {
    return violations;
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>(lines);
    all.add("%-12s %,d".formatted("violations", violations.count()));
    all.addAll(violations.first());
    return String.join("\n", all);
  }
}
