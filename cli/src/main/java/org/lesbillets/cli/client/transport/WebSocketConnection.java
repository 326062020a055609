package org.lesbillets.cli.client.transport;

/** An open WebSocket, as far as this package needs one. Thread-safe. */
public interface WebSocketConnection {

  /** Sends a text message; if that fails, the line closes. Does not wait. */
  void send(String text);

  /** Sends a ping frame. Does not wait. */
  void ping();

  /** Says goodbye and ends the transport without waiting for the other side. Safe to call again. */
  void close(int code, String reason);

  /** Hears of a line: one call at a time, in order, on its I/O thread, but for onBytes. */
  interface Listener {
    /** A whole text message came. */
    void onText(String text);

    /** The peer lives: bytes of any kind arrived, or it took some; from any thread. */
    void onBytes();

    /** The line has ended, from either side; once, perhaps on the thread that closed it. */
    void onClosed(CloseNotice notice);
  }
}
