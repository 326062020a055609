package org.lesbillets.cli.client.transport;

/**
 * How a connection ended. Immutable.
 *
 * @param code the close code of RFC 6455; 1006 when there was no close frame
 * @param reason for people; perhaps empty, never null
 */
public record CloseNotice(int code, String reason) {
  /** The code of a connection that is no longer needed. */
  public static final int NORMAL = 1000;

  /** The code of a connection that ended without a close frame. */
  public static final int ABNORMAL = 1006;

  /** The code of a server that shuts down or restarts. */
  public static final int SERVICE_RESTART = 1012;
}
