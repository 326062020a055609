package org.lesbillets.cli.command.lock;

/** The lock a command ran under was lost, and the command ended for it. It has been told. */
public final class LockLostException extends RuntimeException {
  LockLostException(String message) {
    super(message);
  }
}
