package org.lesbillets.cli.client.transport;

/** The close codes of RFC 6455 that this client sends or checks. */
public final class CloseCode {
  /** A connection that is no longer needed. */
  public static final int NORMAL = 1000;

  /** A frame that no rule allows. */
  public static final int PROTOCOL_ERROR = 1002;

  /** A kind of message that this side does not accept. */
  static final int UNSUPPORTED = 1003;

  /** A close frame without a code; never in a frame itself. */
  static final int NONE = 1005;

  /** A connection that ended without a close frame; never in a frame itself. */
  public static final int ABNORMAL = 1006;

  /** Text that is no UTF-8. */
  static final int NOT_UTF8 = 1007;

  static final int TOO_LARGE = 1009;

  /** A failure of this side. */
  static final int UNEXPECTED_CONDITION = 1011;

  /** A server that shuts down or restarts. */
  public static final int SERVICE_RESTART = 1012;

  /** A session that an administrator ended; this client does not come back by itself. */
  public static final int KICKED = 4003;

  private CloseCode() {}

  /** Whether a frame may contain it: registered codes, and those of libraries and applications. */
  static boolean isSendable(int code) {
    return code >= 1000 && code <= 1003
        || code >= 1007 && code <= 1014
        || code >= 3000 && code <= 4999;
  }
}
