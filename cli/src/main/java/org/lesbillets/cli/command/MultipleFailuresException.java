package org.lesbillets.cli.command;

import java.util.List;

/**
 * The failures of an operation on several tickets, one or more; the exit code is that of the first.
 */
public final class MultipleFailuresException extends RuntimeException {
  private final transient List<RuntimeException> failures;

  public MultipleFailuresException(List<RuntimeException> failures) {
    super(failures.get(0));
    this.failures = List.copyOf(failures);
  }

  /** In the order they happened. */
  public List<RuntimeException> failures() {
    return failures;
  }
}
