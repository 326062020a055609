package org.lesbillets.server.websocket;

/** Why the edge refused a request or cut a connection, as counted in the log. */
enum Refusal {
  WRONG_TOKEN("wrong tokens"),
  LOGIN("logins that may not come in"),
  FOREIGN("foreign Host or Origin headers"),
  MALFORMED("malformed requests"),
  NO_SESSION("connections without a session in time"),
  CROWDED("connections without a session beyond the bound"),
  BAD_FRAME("frames against the protocol"),
  UNFINISHED("unfinished messages beyond the bound");

  private final String plural;

  Refusal(String plural) {
    this.plural = plural;
  }

  /** What is counted, in words. */
  String plural() {
    return plural;
  }
}
