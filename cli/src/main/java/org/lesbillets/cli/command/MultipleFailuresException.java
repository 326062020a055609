package org.lesbillets.cli.command;

import java.util.List;

/** Some of several things could not be done; the others were. Holds one failure or more. */
public final class MultipleFailuresException extends RuntimeException {
  private final transient List<RuntimeException> failures;

  MultipleFailuresException(List<RuntimeException> failures) {
    super(failures.get(0));
    this.failures = List.copyOf(failures);
  }

  /** In the order they happened. */
  public List<RuntimeException> failures() {
    return failures;
  }
}
