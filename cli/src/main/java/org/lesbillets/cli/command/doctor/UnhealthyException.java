package org.lesbillets.cli.command.doctor;

/** Some check failed, and each finding was printed; the message counts them. */
public final class UnhealthyException extends RuntimeException {
  UnhealthyException(String message) {
    super(message);
  }
}
