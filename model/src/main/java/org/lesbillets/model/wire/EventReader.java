package org.lesbillets.model.wire;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/** Lenient decoder of the events of a server or a journal. Stateless; any thread. */
final class EventReader {
  /** The kinds of event this version knows. */
  static final Set<String> TYPES =
      Set.of(
          "TicketCreated",
          "TicketUpdated",
          "TicketLocked",
          "TicketUnlocked",
          "TicketCommented",
          "TicketRedacted");

  private EventReader() {}

  /** An event with its place in the journal. */
  static SequencedEvent placed(WireObject o) throws WireFormatException {
    long revision = o.count("revision");
    Long previous = o.integerOrNull("previousRevision", 0, revision);
    WireEvent event = event(o, o.text("type"));
    if (previous == null && TYPES.contains(event.type())) {
      throw o.wrong("previousRevision", "is missing: give it");
    }
    return new SequencedEvent(revision, previous == null ? 0 : previous, event);
  }

  static WireEvent event(WireObject o, String type) throws WireFormatException {
    Ticket ticket = TicketReader.ticket(o.object("ticket", "ticket."));
    return switch (type) {
      case "TicketCreated" ->
          new WireEvent.TicketCreated(o.time("at"), o.agent("by"), ticket, o.flag("imported"));
      case "TicketUpdated" -> updated(o, ticket);
      case "TicketLocked" -> locked(o, ticket);
      case "TicketUnlocked" -> unlocked(o, ticket);
      case "TicketCommented" -> commented(o, ticket);
      case "TicketRedacted" -> redacted(o, ticket);
      default -> new WireEvent.UnknownEvent(type, o.timeOrNull("at"), by(o), ticket);
    };
  }

  private static AgentName by(WireObject o) throws WireFormatException {
    return o.agentOrNull("by");
  }

  private static WireEvent updated(WireObject o, Ticket ticket) throws WireFormatException {
    Instant at = o.time("at");
    List<FieldChange> changes = FieldReader.changes(o.object("changes", "changes."));
    WireObject comment = o.objectOrNull("comment", "comment.");
    return new WireEvent.TicketUpdated(
        at,
        by(o),
        ticket,
        changes,
        o.flag("unlocked"),
        comment == null ? null : TicketReader.comment(comment));
  }

  private static WireEvent locked(WireObject o, Ticket ticket) throws WireFormatException {
    return new WireEvent.TicketLocked(
        o.time("at"),
        o.agent("by"),
        ticket,
        o.flag("renewed"),
        o.flag("claimed"),
        o.agentOrNull("stolenFrom"),
        o.textOrNull("reason"),
        o.flag("returned"));
  }

  private static WireEvent unlocked(WireObject o, Ticket ticket) throws WireFormatException {
    return new WireEvent.TicketUnlocked(
        o.time("at"),
        by(o),
        ticket,
        o.choice("reason", UnlockReason.values()),
        o.textOrNull("note"),
        TicketReader.lockOrNull(o, "ended"),
        o.flag("returned"));
  }

  /** One of a field that this version does not know is an event that it does not know. */
  private static WireEvent redacted(WireObject o, Ticket ticket) throws WireFormatException {
    Long comment = o.countOrNull("commentId");
    String name = o.textOrNull("field");
    TicketField<?> field = name == null ? null : TicketField.called(name);
    if ((field == null) == (comment == null)) {
      return new WireEvent.UnknownEvent("TicketRedacted", o.timeOrNull("at"), by(o), ticket);
    }
    return new WireEvent.TicketRedacted(
        o.time("at"), o.agent("by"), ticket, new Redaction(field, comment), o.textOrNull("reason"));
  }

  private static WireEvent commented(WireObject o, Ticket ticket) throws WireFormatException {
    return new WireEvent.TicketCommented(
        o.time("at"), o.agent("by"), ticket, TicketReader.comment(o.object("comment", "comment.")));
  }
}
