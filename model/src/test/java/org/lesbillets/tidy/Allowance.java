package org.lesbillets.tidy;

import java.util.Objects;

/**
 * An exception from a rule for one file. One that allows nothing any more is itself a finding.
 *
 * @param path the file, as findings name it
 * @param reason why, for the reader
 */
public record Allowance(Rule rule, String path, String reason) {
  public Allowance {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(path, "path");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception needs a reason: " + path);
    }
  }

  boolean covers(Finding finding) {
    return rule == finding.rule() && path.equals(finding.path());
  }
}
