package org.lesbillets.model.wire;

import java.util.Objects;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Text that is no message of the protocol. The exception message is a sentence for its sender. */
public class WireFormatException extends Exception {
  private final transient RejectionCode code;
  private final transient String requestId;
  private final transient RejectionDetails details;

  /**
   * @param requestId of the message at fault, or null if it could not be read
   */
  public WireFormatException(
      RejectionCode code, String requestId, String message, RejectionDetails details) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
    this.requestId = requestId;
    this.details = Objects.requireNonNull(details, "details");
  }

  /** A message that is not valid, and whose request id {@link #about} adds. */
  WireFormatException(String message, RejectionDetails details) {
    this(RejectionCode.INVALID, null, message, details);
  }

  /** The refusal to answer it with. */
  public ServerMessage.Rejected rejected() {
    return new ServerMessage.Rejected(requestId, code, getMessage(), details);
  }

  /** The same refusal for the message of {@code requestId}. */
  WireFormatException about(String requestId) {
    return new WireFormatException(code, requestId, getMessage(), details);
  }
}
