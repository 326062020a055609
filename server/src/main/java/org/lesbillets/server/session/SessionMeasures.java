package org.lesbillets.server.session;

import java.util.Arrays;
import java.util.List;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.measure.Tally;

/** What the sessions were answered, and how they ended, in numbers. Any thread; lock-free. */
public final class SessionMeasures {
  /** Why a session ended, for the log and the metrics. Constants. */
  public enum SessionEnd {
    CLOSED("closed", "it closed", true),
    CONNECTION_CLOSED("connection_closed", "its connection closed", true),
    CONNECTION_FAILED("connection_failed", "its connection failed", true),
    REPLACED("replaced", "its client has a new connection", true),
    SHUTDOWN("shutdown", "the server stops", true),
    BEHIND("behind", "it fell too far behind", false),
    OUTBOX_FULL("outbox_full", "its outbox is full", false),
    STALLED("stalled", "a write to it made no progress in time", false),
    MEMORY("memory", "it reads nothing, and the server needs the memory", false),
    GREEDY("greedy", "it asks for much and reads nothing", false),
    SILENT("silent", "it was silent for too long", false),
    CLOSE_TIMEOUT("close_timeout", "it was asked to close, and did not in time", false),
    BUSY(SessionEnd.OTHER, "the server has too much to read for it", false),
    FAILED(SessionEnd.OTHER, "what it asked for could not be made", false),
    UNREADABLE(SessionEnd.OTHER, "the journal cannot be read for it", false),
    FORGOTTEN(SessionEnd.OTHER, "the journal has forgotten what comes after its place", false);

    /** The label of those that have none of their own. */
    private static final String OTHER = "other";

    private final String label;
    private final String words;
    private final boolean ordinary;

    SessionEnd(String label, String words, boolean ordinary) {
      this.label = label;
      this.words = words;
      this.ordinary = ordinary;
    }

    /** The label of its counter; some share one. */
    public String label() {
      return label;
    }

    /**
     * Whether clients, or the end of the server, bring it; an administrator wants to know others.
     */
    boolean isOrdinary() {
      return ordinary;
    }

    /** The words of the log. */
    @Override
    public String toString() {
      return words;
    }
  }

  private final Tally<RejectionCode> rejections = new Tally<>(List.of(RejectionCode.values()));
  private final Tally<String> ends =
      new Tally<>(Arrays.stream(SessionEnd.values()).map(SessionEnd::label).distinct().toList());

  /** A message was sent that answers a request, or none. */
  void sent(ServerMessage message) {
    if (message instanceof ServerMessage.Rejected rejected) {
      rejections.add(rejected.code());
    }
  }

  void ended(SessionEnd why) {
    ends.add(why.label());
  }

  public Tally<RejectionCode> rejections() {
    return rejections;
  }

  /** Ends of sessions by reason. */
  public Tally<String> ends() {
    return ends;
  }
}
