package org.lesbillets.model.message;

/** Why a request was refused; the names are those on the wire. */
public enum RejectionCode {
  /** The request is not well formed, or a field is beyond its limit. */
  INVALID,
  UNKNOWN_TYPE,
  TOO_LARGE,
  NOT_FOUND,
  AMBIGUOUS,
  /** Another, or another of one's own processes, holds the lock. */
  LOCKED,
  NOT_LOCKED,
  STALE_TOKEN,
  STALE_REVISION,
  FORBIDDEN,
  TIMEOUT,
  /** Nothing happened; the same request may be sent again. */
  BUSY,
  READ_ONLY,
  /** It may have happened: ask again with the same operation id. */
  UNCERTAIN
}
