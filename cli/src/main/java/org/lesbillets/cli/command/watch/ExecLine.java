package org.lesbillets.cli.command.watch;

import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.cli.output.WatchLine;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * A line of a watch as the program of {@code --exec} gets it. Immutable.
 *
 * @param variables of its environment; each is there, empty where it does not apply
 * @param json for its standard input
 */
record ExecLine(Map<String, String> variables, String json) {
  private static final String EVENT = "BILLETS_EVENT";
  private static final String REVISION = "BILLETS_REVISION";
  private static final String TICKET = "BILLETS_TICKET";
  private static final String AGENT = "BILLETS_AGENT";
  private static final String MATCH = "BILLETS_MATCH";

  static ExecLine of(EventMessage event) {
    WireEvent fact = event.event().event();
    Map<String, String> variables = variables(fact.type(), event.event().revision());
    variables.put(TICKET, Long.toString(fact.ticket().number()));
    variables.put(AGENT, fact.by() == null ? "" : fact.by().value());
    variables.put(MATCH, event.match() == null ? "" : event.match().wireName());
    return new ExecLine(variables, WatchLine.of(event));
  }

  /** Time alone has changed the match of a ticket. */
  static ExecLine of(TicketMatch match) {
    Map<String, String> variables = variables("TicketMatch", match.revision());
    variables.put(TICKET, Long.toString(match.ticket().number()));
    variables.put(MATCH, match.match().wireName());
    return new ExecLine(variables, WatchLine.of(match));
  }

  /** A ticket that matches at the beginning. */
  static ExecLine of(Ticket ticket) {
    Map<String, String> variables = variables("Ticket", ticket.revision());
    variables.put(TICKET, Long.toString(ticket.number()));
    return new ExecLine(variables, WatchLine.of(ticket));
  }

  /** The position that the tickets before it were read at. */
  static ExecLine current(ResumePoint at) {
    return new ExecLine(variables("Current", at.revision()), WatchLine.current(at));
  }

  /** Events may be missing before this position. */
  static ExecLine resync(ResumePoint at) {
    return new ExecLine(variables("resync", at.revision()), WatchLine.resync(at));
  }

  private static Map<String, String> variables(String type, long revision) {
    Map<String, String> variables = new TreeMap<>();
    variables.put(EVENT, type);
    variables.put(REVISION, Long.toString(revision));
    variables.put(TICKET, "");
    variables.put(AGENT, "");
    variables.put(MATCH, "");
    return variables;
  }

  /** What it is about, for a sentence. */
  @Override
  public String toString() {
    String ticket = variables.get(TICKET);
    return "the event at revision "
        + variables.get(REVISION)
        + " ("
        + variables.get(EVENT)
        + (ticket.isEmpty() ? "" : " of #" + ticket)
        + ")";
  }
}
