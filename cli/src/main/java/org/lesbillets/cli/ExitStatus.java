package org.lesbillets.cli;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.RejectionCode;

/** The exit codes of {@code billets}: the one place that knows them. */
public enum ExitStatus {
  /** Done; also when nothing was found. */
  OK(0),
  /** Anything unforeseen. */
  FAILED(1),
  /** The command line makes no sense. */
  USAGE(2),
  /** No such ticket, or more than one. */
  NOT_FOUND(3),
  /** Not authenticated, or not allowed. */
  DENIED(4),
  /** Locked by another, or changed concurrently. */
  CONFLICT(5),
  /** The lock is lost, its token stale, or there is none. */
  LOCK_LOST(6),
  /** It may have happened or not. */
  TIMED_OUT(7),
  /** The server cannot be reached, or cannot do it now. */
  UNAVAILABLE(8),
  /** By SIGINT: 128 + 2, given by the virtual machine itself. */
  INTERRUPTED(130),
  /** The reader of the output has gone: 128 + 13, what a shell shows of a program SIGPIPE ended. */
  PIPE_CLOSED(141);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The code the process ends with. */
  public int code() {
    return code;
  }

  /** The exit code of a refusal of the server. */
  public static ExitStatus of(RejectionCode code) {
    return switch (code) {
      case INVALID, TOO_LARGE, UNKNOWN_TYPE -> USAGE;
      case NOT_FOUND, AMBIGUOUS -> NOT_FOUND;
      case FORBIDDEN -> DENIED;
      case LOCKED, STALE_REVISION -> CONFLICT;
      case STALE_TOKEN, NOT_LOCKED -> LOCK_LOST;
      case TIMEOUT, UNCERTAIN -> TIMED_OUT;
      case BUSY, READ_ONLY -> UNAVAILABLE;
    };
  }

  /** The exit code of a failed connection. */
  public static ExitStatus of(ConnectionException.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> UNAVAILABLE;
      case UNAUTHORIZED, FORBIDDEN, STRANGER -> DENIED;
      case TIMEOUT, LOST -> TIMED_OUT;
      case PROTOCOL -> FAILED;
    };
  }
}
