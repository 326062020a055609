package org.lesbillets.model.wire;

import java.util.List;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.TicketField;

/** Encoder of events: the fields of one kind first, the ticket last. One thread, one message. */
final class EventWriter implements WireEvent.Visitor<WireWriter> {
  private final WireWriter w;
  private final TicketWriter tickets;

  EventWriter(WireWriter w, LockForm form) {
    this.w = w;
    this.tickets = new TicketWriter(w, form);
  }

  /** What follows the head of an event that has its place in the journal. */
  WireWriter placed(SequencedEvent placed) {
    w.number("revision", placed.revision()).number("previousRevision", placed.previousRevision());
    stamp(placed.event());
    w.shown("ticketId", placed.event().ticket().id());
    return placed.event().accept(this);
  }

  /** What follows the type of an event that is stored: its place is stored beside it. */
  WireWriter stored(WireEvent event) {
    stamp(event);
    return event.accept(this);
  }

  private void stamp(WireEvent event) {
    if (event.at() != null) {
      w.time("at", event.at());
    }
    w.shown("by", event.by());
  }

  @Override
  public WireWriter onCreated(WireEvent.TicketCreated event) {
    w.flagIfTrue("imported", event.imported());
    return tickets.whole("ticket", event.ticket());
  }

  @Override
  public WireWriter onUpdated(WireEvent.TicketUpdated event) {
    changes(event.changes()).flagIfTrue("unlocked", event.unlocked());
    if (event.comment() != null) {
      tickets.comment("comment", event.comment());
    }
    return tickets.whole("ticket", event.ticket());
  }

  @Override
  public WireWriter onLocked(WireEvent.TicketLocked event) {
    w.flagIfTrue("renewed", event.renewed())
        .flagIfTrue("claimed", event.claimed())
        .shownIfAny("stolenFrom", event.stolenFrom())
        .textIfAny("reason", event.reason())
        .flagIfTrue("returned", event.returned());
    return tickets.brief("ticket", event.ticket());
  }

  @Override
  public WireWriter onUnlocked(WireEvent.TicketUnlocked event) {
    w.text("reason", event.reason().wireName())
        .textIfAny("note", event.note())
        .flagIfTrue("returned", event.returned());
    tickets.lock("ended", event.ended());
    return tickets.brief("ticket", event.ticket());
  }

  @Override
  public WireWriter onCommented(WireEvent.TicketCommented event) {
    tickets.comment("comment", event.comment());
    return tickets.brief("ticket", event.ticket());
  }

  @Override
  public WireWriter onRedacted(WireEvent.TicketRedacted event) {
    redaction(w, event.what()).textIfAny("reason", event.reason());
    return event.changesContent()
        ? tickets.whole("ticket", event.ticket())
        : tickets.brief("ticket", event.ticket());
  }

  /** The field or the comment. */
  static WireWriter redaction(WireWriter w, Redaction what) {
    return what.field() == null
        ? w.number("commentId", what.comment())
        : w.text("field", what.field().wireName());
  }

  @Override
  public WireWriter onUnknown(WireEvent.UnknownEvent event) {
    return event.ticket().content().description() == null
        ? tickets.brief("ticket", event.ticket())
        : tickets.whole("ticket", event.ticket());
  }

  private WireWriter changes(List<FieldChange> changes) {
    w.beginObject("changes");
    ChangeWriter writer = new ChangeWriter();
    changes.forEach(change -> change.accept(writer));
    return w.endObject();
  }

  /** One field of {@code changes}. */
  private final class ChangeWriter implements FieldChange.Visitor<WireWriter> {
    private WireWriter begin(TicketField<?> field) {
      return w.beginObject(field.wireName());
    }

    @Override
    public WireWriter onReplaced(FieldChange.Replaced change) {
      FieldType<?> type = change.field().type();
      return begin(change.field())
          .scalar("from", type, change.from())
          .scalar("to", type, change.to())
          .endObject();
    }

    @Override
    public WireWriter onRetagged(FieldChange.Retagged change) {
      return begin(change.field())
          .texts("from", change.from())
          .texts("to", change.to())
          .endObject();
    }

    @Override
    public WireWriter onRewritten(FieldChange.Rewritten change) {
      return begin(change.field()).endObject();
    }
  }
}
