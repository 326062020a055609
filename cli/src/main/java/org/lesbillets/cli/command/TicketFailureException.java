package org.lesbillets.cli.command;

import org.lesbillets.model.TicketRef;

/** The failure of an operation on one of several tickets, with the reference as it was typed. */
public final class TicketFailureException extends RuntimeException {
  private final transient TicketRef ref;
  private final transient RuntimeException failure;

  TicketFailureException(TicketRef ref, RuntimeException failure) {
    super(failure);
    this.ref = ref;
    this.failure = failure;
  }

  /** The ticket, as it was typed. */
  public TicketRef ref() {
    return ref;
  }

  public RuntimeException failure() {
    return failure;
  }
}
