package org.lesbillets.model.message;

import java.util.UUID;

/**
 * The name that a client keeps for all its connections, and how many it has begun. Immutable.
 *
 * @param client a UUID
 * @param number 1 for its first connection; 0 from a client that does not count
 */
public record ClientConnection(UUID client, long number) {

  /**
   * From the headers of a handshake.
   *
   * @param number null for a client that does not count
   * @throws IllegalArgumentException if it is none
   */
  public static ClientConnection parse(String client, String number) {
    long parsed = number == null ? 0 : Long.parseLong(number);
    if (parsed < 0) {
      throw new IllegalArgumentException("a negative number of a connection");
    }
    return new ClientConnection(UUID.fromString(client), parsed);
  }

  /** The connection that the same client begins next. */
  public ClientConnection next() {
    return new ClientConnection(client, number + 1);
  }
}
