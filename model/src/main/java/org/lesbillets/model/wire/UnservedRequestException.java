package org.lesbillets.model.wire;

import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** A request of a type that is part of the protocol, but not served by this version. */
public final class UnservedRequestException extends WireFormatException {
  private final String type;

  UnservedRequestException(String requestId, String type) {
    super(
        RejectionCode.INVALID,
        requestId,
        type + " is part of the protocol, but not served by this version of the server.",
        RejectionDetails.NONE);
    this.type = type;
  }

  /** The type on the wire. */
  public String type() {
    return type;
  }

  @Override
  UnservedRequestException about(String requestId) {
    return new UnservedRequestException(requestId, type);
  }
}
