package org.lesbillets.cli.client.transport;

/**
 * How a connection ended. Immutable.
 *
 * @param code as in {@link CloseCode}
 * @param reason for people; perhaps empty, never null
 */
public record CloseNotice(int code, String reason) {}
