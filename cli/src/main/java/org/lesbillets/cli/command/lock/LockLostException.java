package org.lesbillets.cli.command.lock;

/** The lock of a child process was lost, and the child ended for it; reported already. */
public final class LockLostException extends RuntimeException {
  LockLostException(String message) {
    super(message);
  }
}
