package org.lesbillets.cli.client;

import java.nio.charset.StandardCharsets;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.wire.MessageCodec;

/**
 * The size limit of requests, checked before they are sent: a server closes the connection over a
 * larger one. Stateless; any thread.
 */
public final class RequestSize {
  private static final int LARGEST_BYTES = WireLimits.CLIENT_MESSAGE_BYTES;

  /** The encoded size of an operation id, with its name. */
  private static final int OPERATION_BYTES = 60;

  private RequestSize() {}

  /** Whether a request is too large to be sent. */
  public static boolean isTooLarge(ClientMessage request) {
    return of(request) > LARGEST_BYTES;
  }

  /** In bytes, under an operation id if it is a change that has none yet. */
  public static int of(ClientMessage request) {
    return MessageCodec.encode(request).getBytes(StandardCharsets.UTF_8).length + OPERATION_BYTES;
  }

  static boolean isTooLarge(String text) {
    return text.length() > LARGEST_BYTES / 3
        && text.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES;
  }

  static Rejected refusal(ClientMessage message) {
    return new Rejected(
        message.requestId(),
        RejectionCode.TOO_LARGE,
        "a request is at most 256 KiB: shorten its texts",
        RejectionDetails.limit(null, LARGEST_BYTES));
  }
}
