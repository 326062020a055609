package org.lesbillets.server.websocket;

import java.util.Locale;
import java.util.stream.Stream;
import org.lesbillets.server.measure.Tally;

/** Why the edge refused a request or cut a connection, as counted in the log. */
enum Refusal {
  WRONG_TOKEN("wrong tokens"),
  LOGIN("logins that may not come in"),
  UNKNOWN_GROUPS("logins whose groups could not be looked up"),
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

  /** Its name as a label of metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Counters of refusals by {@link #label}. */
  static Tally<String> tally() {
    return new Tally<>(Stream.of(values()).map(Refusal::label).toList());
  }

  /** What is counted, in words. */
  String plural() {
    return plural;
  }
}
