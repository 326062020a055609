package org.lesbillets.model.wire;

import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/** Encoder of one request. For one thread. */
final class ClientWriter
    implements ClientMessage.Visitor<WireWriter>,
        ClientMessage.ReadVisitor<WireWriter>,
        ClientMessage.ChangeVisitor<WireWriter>,
        AdminMessage.AdminVisitor<WireWriter> {
  private final WireWriter w = new WireWriter();

  @Override
  public WireWriter onRead(ClientMessage.Read message) {
    return message.accept((ClientMessage.ReadVisitor<WireWriter>) this);
  }

  @Override
  public WireWriter onChange(ClientMessage.Change message) {
    return message.accept((ClientMessage.ChangeVisitor<WireWriter>) this);
  }

  @Override
  public WireWriter onAdmin(AdminMessage message) {
    return message.accept((AdminMessage.AdminVisitor<WireWriter>) this);
  }

  private WireWriter head(ClientMessage message) {
    return w.beginObject().text("type", message.type()).text("requestId", message.requestId());
  }

  private WireWriter changeHead(ClientMessage.Change message) {
    return head(message).shownIfAny("operationId", message.operationId());
  }

  private WireWriter ticketHead(ClientMessage.TicketChange message) {
    changeHead(message);
    return ref(message.ticket());
  }

  private WireWriter ref(TicketRef ref) {
    return ref instanceof TicketRef.ByNumber number
        ? w.number("ticket", number.number())
        : w.shown("ticket", ref);
  }

  private WireWriter selection(TicketQuery query, TicketOrder order) {
    return w.textIfAny("query", query == null ? null : query.text()).shownIfAny("sort", order);
  }

  @Override
  public WireWriter onGetTickets(ClientMessage.GetTickets message) {
    head(message);
    selection(message.query(), message.order()).numberIfAny("limit", message.limit());
    if (message.watch() != null) {
      w.flag("watch", message.watch());
    }
    if (message.since() != null) {
      since(message.since());
    }
    if (message.projection().fields() != null) {
      w.texts("fields", message.projection().fields());
    }
    return w.flagIfTrue("count", message.projection().count())
        .flagIfTrue("fresh", message.fresh())
        .endObject();
  }

  private void since(ResumePoint since) {
    w.beginObject("since")
        .text("journalId", since.journalId())
        .number("revision", since.revision());
    TimeMark told = since.mark();
    if (told != null) {
      w.time("at", told.at());
      w.numberIfAny("number", told.number() == TimeMark.ALL ? null : told.number());
    }
    w.endObject();
  }

  @Override
  public WireWriter onGetTicket(ClientMessage.GetTicket message) {
    head(message);
    return ref(message.ticket())
        .flagIfTrue("history", message.history())
        .numberIfAny("before", message.cursor().before())
        .numberIfAny("commentsBefore", message.cursor().commentsBefore())
        .numberIfAny("limit", message.limit())
        .flagIfTrue("fresh", message.fresh())
        .endObject();
  }

  @Override
  public WireWriter onCreateTicket(ClientMessage.CreateTicket message) {
    changeHead(message);
    return atCreation(message.content()).endObject();
  }

  private WireWriter atCreation(TicketContent content) {
    w.beginObject("ticket");
    for (TicketField<?> field : TicketField.AT_CREATION) {
      if (field == TicketField.TITLE || !content.isEmpty(field)) {
        w.field(field, content);
      }
    }
    return w.endObject();
  }

  @Override
  public WireWriter onRaiseTicket(ClientMessage.RaiseTicket message) {
    changeHead(message).text("key", message.key());
    return atCreation(message.content())
        .textIfAny("text", message.text())
        .millisIfAny("reopenWithinMillis", message.reopenWithin())
        .endObject();
  }

  private WireWriter terms(LockTerms terms) {
    return w.millisIfAny("ttlMillis", terms.ttl())
        .textIfAny("note", terms.note())
        .textIfAny("client", terms.client());
  }

  private WireWriter lockBreak(String name, LockBreak broken) {
    return broken == null
        ? w
        : w.beginObject(name)
            .number("token", broken.token())
            .textIfAny("reason", broken.reason())
            .endObject();
  }

  @Override
  public WireWriter onLockTicket(ClientMessage.LockTicket message) {
    ticketHead(message).numberIfAny("token", message.token());
    terms(message.terms());
    waiting(message.waiting());
    return lockBreak("steal", message.steal())
        .numberIfAny("whilePid", message.whilePid())
        .endObject();
  }

  private WireWriter waiting(LockWait wait) {
    return wait == null
        ? w
        : w.millisIfAny("waitMillis", wait.atMost())
            .flagIfTrue("waitForever", wait.atMost() == null);
  }

  @Override
  public WireWriter onCancelWait(ClientMessage.CancelWait message) {
    return head(message).text("waitRequestId", message.waitRequestId()).endObject();
  }

  @Override
  public WireWriter onClaimTicket(ClientMessage.ClaimTicket message) {
    changeHead(message);
    selection(message.query(), message.order());
    terms(message.terms()).flagIfTrue("returns", message.returns());
    return waiting(message.waiting()).endObject();
  }

  @Override
  public WireWriter onUpdateTicket(ClientMessage.UpdateTicket message) {
    ticketHead(message);
    return changes(message.changes())
        .numberIfAny("token", message.token())
        .numberIfAny("ifRevision", message.ifRevision())
        .flagIfTrue("unlock", message.unlock())
        .endObject();
  }

  private WireWriter changes(TicketPatch patch) {
    w.beginObject("changes");
    for (TicketField<?> field : TicketField.ALL) {
      if (patch.has(field)) {
        w.scalar(field.wireName(), field.type(), patch.text(field));
      }
    }
    return w.textsIfAny("addTags", patch.addTags())
        .textsIfAny("removeTags", patch.removeTags())
        .endObject();
  }

  @Override
  public WireWriter onCommentTicket(ClientMessage.CommentTicket message) {
    return ticketHead(message).text("text", message.text()).endObject();
  }

  @Override
  public WireWriter onUnlockTicket(ClientMessage.UnlockTicket message) {
    ticketHead(message).numberIfAny("token", message.token());
    lockBreak("force", message.force());
    return giveBack(message.giveBack()).endObject();
  }

  private WireWriter giveBack(GiveBack given) {
    return given == null
        ? w
        : w.beginObject("giveBack")
            .flagIfTrue("failed", given.failed())
            .millisIfAny("wakeMillis", given.wakeAfter())
            .endObject();
  }

  @Override
  public WireWriter onImportTicket(ClientMessage.ImportTicket message) {
    changeHead(message);
    TicketWriter tickets = new TicketWriter(w, LockForm.SETTLED);
    tickets.imported("ticket", message.ticket());
    if (!message.comments().isEmpty()) {
      tickets.comments("comments", message.comments());
    }
    return w.endObject();
  }

  @Override
  public WireWriter onImportComment(ClientMessage.ImportComment message) {
    ticketHead(message).number("place", message.place());
    return new TicketWriter(w, LockForm.SETTLED).comment("comment", message.comment()).endObject();
  }

  @Override
  public WireWriter onRedactTicket(ClientMessage.RedactTicket message) {
    ticketHead(message);
    return EventWriter.redaction(w, message.what())
        .textIfAny("reason", message.reason())
        .endObject();
  }

  @Override
  public WireWriter onPing(ClientMessage.Ping message) {
    return head(message).endObject();
  }

  @Override
  public WireWriter onListSessions(AdminMessage.ListSessions message) {
    return head(message).endObject();
  }

  @Override
  public WireWriter onKickSession(AdminMessage.KickSession message) {
    return head(message)
        .text("session", message.session())
        .textIfAny("reason", message.reason())
        .endObject();
  }

  @Override
  public WireWriter onDrain(AdminMessage.Drain message) {
    return head(message)
        .millisIfAny("afterMillis", message.after())
        .flagIfTrue("cancel", message.cancel())
        .endObject();
  }
}
