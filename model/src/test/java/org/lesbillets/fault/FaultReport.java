package org.lesbillets.fault;

import java.util.ArrayList;
import java.util.List;

/** The figures of a run, a line each, and its violations. */
public final class FaultReport {
  private final List<String> lines = new ArrayList<>();
  private final Violations violations;

  public FaultReport(Violations violations) {
    this.violations = violations;
  }

  public void add(String what, String pattern, Object... arguments) {
    lines.add("%-12s %s".formatted(what, pattern.formatted(arguments)));
  }

  public Violations violations() {
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
