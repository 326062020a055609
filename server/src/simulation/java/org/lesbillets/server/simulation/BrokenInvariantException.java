package org.lesbillets.server.simulation;

/**
 * A promise of the server did not hold in a run. An error, so that no code under test catches it.
 */
final class BrokenInvariantException extends AssertionError {
  private static final long serialVersionUID = 1L;

  BrokenInvariantException(String message) {
    super(message);
  }

  BrokenInvariantException(String message, Throwable cause) {
    super(message, cause);
  }
}
