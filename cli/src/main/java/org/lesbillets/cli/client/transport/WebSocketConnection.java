package org.lesbillets.cli.client.transport;

/** An open WebSocket. Thread-safe; no method blocks. */
public interface WebSocketConnection {

  /**
   * What the server said in its handshake of how it knows this client, as one word; null if it said
   * nothing, or if this kind of connection does not keep it.
   */
  default String knownBy() {
    return null;
  }

  /** Sends a text message; if that fails, the connection closes. */
  void send(String text);

  /** Sends a ping frame. */
  void ping();

  /** Sends a close frame and ends the transport, without awaiting the peer's. Idempotent. */
  void close(int code, String reason);

  /** Callbacks of a connection: one at a time, in order, on its I/O thread, but for onBytes. */
  interface Listener {
    /** A whole text message arrived. */
    void onText(String text);

    /** The peer is alive: it sent bytes of any kind, or accepted some; on any thread. */
    void onBytes();

    /** The connection has ended, from either side; called once, perhaps on the closing thread. */
    void onClosed(CloseNotice notice);
  }
}
