package org.lesbillets.model.message;

/** Headers of the WebSocket handshake, beside those of RFC 6455. Constants. */
public final class HandshakeHeaders {
  /** Request: the agent for whom a delegate acts. Only over the server's socket. */
  public static final String AS = "Billets-As";

  /**
   * Request: a UUID that a client keeps for all its connections. A new one takes the place of the
   * one before: what that has asked and the server has not begun is dropped. Optional.
   */
  public static final String CLIENT = "Billets-Client";

  /**
   * Request: how many connections the client has begun, this one included. The one with the highest
   * number stays, also when the server reads a handshake late. Optional, beside {@link #CLIENT}.
   */
  public static final String CONNECTION = "Billets-Connection";

  /** Response: the agent of the connection. */
  public static final String AGENT = "Billets-Agent";

  /** Response: the name of its role. */
  public static final String ROLE = "Billets-Role";

  /** Response: {@code token}, {@code unix} or {@code delegate}. */
  public static final String KNOWN_BY = "Billets-Known-By";

  private HandshakeHeaders() {}
}
