package org.lesbillets.server.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.measure.Tally;

/** What the sessions were answered, and how they ended, in numbers. Any thread; lock-free. */
public final class SessionMeasures {
  private static final String OTHER = "other";

  /** The ends of sessions, by how the reasons in the log begin. */
  private static final Map<String, String> ENDS =
      Map.ofEntries(
          Map.entry("it closed", "closed"),
          Map.entry("its connection closed", "connection_closed"),
          Map.entry("its connection failed", "connection_failed"),
          Map.entry("it fell too far behind", "behind"),
          Map.entry("its outbox is full", "outbox_full"),
          Map.entry("a write to it made no progress", "stalled"),
          Map.entry("it reads nothing", "memory"),
          Map.entry("it asks for much", "greedy"),
          Map.entry("it was silent", "silent"),
          Map.entry("it was asked to close", "close_timeout"),
          Map.entry("its client has a new connection", "replaced"),
          Map.entry("the server stops", "shutdown"));

  private final Tally<RejectionCode> rejections = new Tally<>(List.of(RejectionCode.values()));
  private final Tally<String> ends = new Tally<>(labels());

  private static List<String> labels() {
    List<String> labels = new ArrayList<>(ENDS.values().stream().sorted().toList());
    labels.add(OTHER);
    return labels;
  }

  /** A message was sent that answers a request, or none. */
  void sent(ServerMessage message) {
    if (message instanceof ServerMessage.Rejected rejected) {
      rejections.add(rejected.code());
    }
  }

  /** A session ended, for a reason as it is logged. */
  void ended(String reason) {
    ends.add(
        ENDS.entrySet().stream()
            .filter(end -> reason.startsWith(end.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(OTHER));
  }

  public Tally<RejectionCode> rejections() {
    return rejections;
  }

  /** Ends of sessions by reason. */
  public Tally<String> ends() {
    return ends;
  }
}
