package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.common.exception.CompactedException;
import io.grpc.Status;
import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.lesbillets.server.journal.JournalException;

/**
 * Why a call to etcd failed: what is to be done about it, and a sentence for people. Pure; any
 * thread.
 */
enum EtcdTrouble {
  /** No answer, or none that says whether it was done: ask again. */
  UNCLEAR,
  /** The lease that a key was to have is gone: nothing was written. */
  LEASE_GONE,
  /** More than etcd takes in one request: nothing was written. */
  TOO_LARGE,
  /** The space that etcd may use is full: nothing was written. */
  NO_SPACE,
  /** This server may not do it, whenever it asks. */
  DENIED,
  /** What it asks for is as of a revision that was compacted away. */
  COMPACTED,
  /** What it asks for is as of a revision that is not there yet. */
  FUTURE;

  static EtcdTrouble of(Throwable failure) {
    if (compacted(failure)) {
      return COMPACTED;
    }
    Status status = root(failure);
    String said = String.valueOf(status.getDescription()).toLowerCase(Locale.ROOT);
    return switch (status.getCode()) {
      case NOT_FOUND -> said.contains("lease") ? LEASE_GONE : UNCLEAR;
      case OUT_OF_RANGE ->
          said.contains("compacted") ? COMPACTED : said.contains("future") ? FUTURE : UNCLEAR;
      case RESOURCE_EXHAUSTED ->
          said.contains("space exceeded")
              ? NO_SPACE
              : said.contains("larger than max") ? TOO_LARGE : UNCLEAR;
      case INVALID_ARGUMENT ->
          said.contains("too large") || said.contains("too many operations")
              ? TOO_LARGE
              : said.contains("compacted") ? COMPACTED : denied(said);
      case PERMISSION_DENIED -> DENIED;
      case FAILED_PRECONDITION -> denied(said);
      default -> UNCLEAR;
    };
  }

  private static EtcdTrouble denied(String said) {
    return said.contains("authentication") || said.contains("user name") ? DENIED : UNCLEAR;
  }

  private static boolean compacted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CompactedException) {
        return true;
      }
    }
    return false;
  }

  /** That of the innermost failure that has one: a failed login hides why it failed. */
  private static Status root(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Throwable inner = status.getCause();
    while (status.getCode() == Status.Code.UNAUTHENTICATED && inner != null) {
      status = Status.fromThrowable(inner);
      inner = status.getCause();
    }
    return status;
  }

  /** What a failure says, for the end of a sentence. */
  static String said(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "TLS: " + cause.getMessage();
      }
    }
    Status status = root(failure);
    Throwable inner = status.getCause();
    while (inner != null && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof IOException && inner.getMessage() != null) {
      return inner.getMessage();
    }
    String said = status.getDescription();
    return said == null ? status.getCode().toString() : said.replaceFirst("^etcdserver: ", "");
  }

  /** The failure of a call that no retry can mend now, for people. */
  static JournalException explained(EtcdAddress address, Throwable failure) {
    String said = said(failure);
    String sentence =
        switch (of(failure)) {
          case DENIED ->
              "The etcd cluster %s does not admit this server (%s): see to --etcd-user,"
                  + " --etcd-password-file, and the role of that user";
          case NO_SPACE ->
              "The etcd cluster %s has no space left (%s): compact and defragment it, or raise its"
                  + " --quota-backend-bytes, and disarm the alarm";
          default -> "The etcd cluster %s does not answer (%s): see that it runs, and try again";
        };
    return JournalException.passing(sentence.formatted(address, said) + ".", failure);
  }
}
