package org.lesbillets.model.wire;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/** Decoder of one request, held to the limits of the protocol. For one thread. */
final class ClientReader {
  private final WireObject o;
  private final String requestId;

  ClientReader(WireObject o, String requestId) {
    this.o = o;
    this.requestId = requestId;
  }

  ClientMessage read(String type) throws WireFormatException {
    return switch (type) {
      case "GetTickets" -> getTickets();
      case "GetTicket" -> getTicket();
      case "CreateTicket" -> createTicket();
      case "LockTicket" -> lockTicket();
      case "CancelWait" -> cancelWait();
      case "ClaimTicket" -> claimTicket();
      case "UpdateTicket" -> updateTicket();
      case "CommentTicket" -> commentTicket();
      case "RaiseTicket" -> raiseTicket();
      case "UnlockTicket" -> unlockTicket();
      case "ImportTicket" -> importTicket();
      case "ImportComment" -> importComment();
      case "Ping" -> new ClientMessage.Ping(id());
      case "ListSessions" -> new AdminMessage.ListSessions(id());
      case "KickSession" -> kickSession();
      case "Drain" -> drain();
      case "RedactTicket" -> redactTicket();
      case "Backup", "Compact" -> throw new UnservedRequestException(id(), type);
      default -> throw unknown(type);
    };
  }

  private static WireFormatException unknown(String type) {
    String shown = TextRules.quotable(type) ? "'" + type + "'" : "this type";
    return new WireFormatException(
        RejectionCode.UNKNOWN_TYPE,
        null,
        "version "
            + WireLimits.PROTOCOL_VERSION
            + " of the protocol has no request of type "
            + shown
            + ": look for it in the protocol's description",
        RejectionDetails.field("type"));
  }

  /** The request id, or a complaint about the one there is. */
  private String id() throws WireFormatException {
    o.ignore("requestId");
    return requestId != null ? requestId : StrictFields.line(o, "requestId", WireLimits.REQUEST_ID);
  }

  private UUID operation() throws WireFormatException {
    return StrictFields.uuidOrNull(o, "operationId");
  }

  private TicketQuery query() throws WireFormatException {
    String text = o.textOrNull("query");
    try {
      return text == null ? null : TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      String sentence = "is wrong at column " + e.column() + ": " + e.getMessage();
      throw e.limit() == null ? o.wrong("query", sentence) : o.beyond("query", e.limit(), sentence);
    }
  }

  private TicketOrder order() throws WireFormatException {
    String text = o.textOrNull("sort");
    try {
      return text == null || text.isEmpty() ? null : TicketOrder.parse(text);
    } catch (IllegalArgumentException e) {
      throw o.wrong(
          "sort",
          TextRules.quotable(text)
              ? "is wrong: " + e.getMessage()
              : "is wrong: give the name of a field to sort by");
    }
  }

  private Integer limit(int max) throws WireFormatException {
    Long limit = o.integerOrNull("limit", 1, max);
    return limit == null ? null : limit.intValue();
  }

  private ClientMessage getTickets() throws WireFormatException {
    WireObject since = o.objectOrNull("since", "since.");
    return new ClientMessage.GetTickets(
        id(),
        query(),
        order(),
        limit(WireLimits.MAX_LIST_LIMIT),
        o.flagOrNull("watch"),
        since == null ? null : StrictFields.since(since),
        StrictFields.projection(o),
        o.flag("fresh"));
  }

  private ClientMessage getTicket() throws WireFormatException {
    return new ClientMessage.GetTicket(
        id(),
        StrictFields.ticket(o),
        o.flag("history"),
        new DetailsCursor(o.countOrNull("before"), o.countOrNull("commentsBefore")),
        limit(WireLimits.MAX_PAGE_LIMIT),
        o.flag("fresh"));
  }

  private ClientMessage createTicket() throws WireFormatException {
    return new ClientMessage.CreateTicket(id(), operation(), atCreation());
  }

  private TicketContent atCreation() throws WireFormatException {
    return FieldReader.strict(
        o.object("ticket", ""),
        TicketField.AT_CREATION,
        TicketField.DESCRIPTION,
        TicketField.PRIORITY);
  }

  private ClientMessage raiseTicket() throws WireFormatException {
    String text = o.textOrNull("text");
    return new ClientMessage.RaiseTicket(
        id(),
        operation(),
        StrictFields.key(o, "key"),
        atCreation(),
        text == null || text.isEmpty() ? null : StrictFields.block(o, "text"),
        o.millisOrNull("reopenWithinMillis", Duration.ZERO, WireLimits.MAX_REOPEN));
  }

  private LockTerms terms() throws WireFormatException {
    return new LockTerms(
        o.millisOrNull("ttlMillis", WireLimits.MIN_TTL, WireLimits.MAX_TTL),
        StrictFields.lineOrNull(o, "note", WireLimits.LINE),
        StrictFields.lineOrNull(o, "client", WireLimits.LINE));
  }

  private LockWait waiting() throws WireFormatException {
    Duration atMost = o.millisOrNull("waitMillis", Duration.ZERO, WireLimits.MAX_WAIT);
    boolean forever = o.flag("waitForever");
    if (atMost != null && forever) {
      throw o.wrong("waitMillis", "cannot stand beside waitForever: give one of the two");
    }
    if (forever) {
      return LockWait.FOREVER;
    }
    return atMost == null ? null : new LockWait(atMost);
  }

  private LockBreak lockBreak(String name) throws WireFormatException {
    WireObject broken = o.objectOrNull(name, name + ".");
    return broken == null
        ? null
        : new LockBreak(
            broken.count("token"), StrictFields.lineOrNull(broken, "reason", WireLimits.LINE));
  }

  private ClientMessage lockTicket() throws WireFormatException {
    return new ClientMessage.LockTicket(
        id(),
        operation(),
        StrictFields.ticket(o),
        o.countOrNull("token"),
        terms(),
        waiting(),
        lockBreak("steal"),
        o.countOrNull("whilePid"));
  }

  private ClientMessage cancelWait() throws WireFormatException {
    return new ClientMessage.CancelWait(
        id(), StrictFields.line(o, "waitRequestId", WireLimits.REQUEST_ID));
  }

  private ClientMessage claimTicket() throws WireFormatException {
    return new ClientMessage.ClaimTicket(
        id(), operation(), query(), order(), terms(), o.flag("returns"), waiting());
  }

  private ClientMessage updateTicket() throws WireFormatException {
    return new ClientMessage.UpdateTicket(
        id(),
        operation(),
        StrictFields.ticket(o),
        FieldReader.patch(o.object("changes", "")),
        o.countOrNull("token"),
        o.countOrNull("ifRevision"),
        o.flag("unlock"));
  }

  private ClientMessage commentTicket() throws WireFormatException {
    return new ClientMessage.CommentTicket(
        id(), operation(), StrictFields.ticket(o), StrictFields.block(o, "text"));
  }

  private GiveBack giveBack() throws WireFormatException {
    WireObject given = o.objectOrNull("giveBack", "giveBack.");
    return given == null
        ? null
        : new GiveBack(
            given.flag("failed"),
            given.millisOrNull("wakeMillis", Duration.ZERO, WireLimits.MAX_WAKE));
  }

  private ClientMessage unlockTicket() throws WireFormatException {
    return new ClientMessage.UnlockTicket(
        id(),
        operation(),
        StrictFields.ticket(o),
        o.countOrNull("token"),
        lockBreak("force"),
        giveBack());
  }

  private ClientMessage importTicket() throws WireFormatException {
    List<Comment> comments = o.objects("comments", ImportReader::comment);
    return new ClientMessage.ImportTicket(
        id(),
        operation(),
        ImportReader.imported(o.object("ticket", ""), comments.size()),
        comments);
  }

  private ClientMessage importComment() throws WireFormatException {
    return new ClientMessage.ImportComment(
        id(),
        operation(),
        StrictFields.ticket(o),
        ImportReader.comment(o.object("comment", "comment.")),
        o.count("place"));
  }

  private ClientMessage redactTicket() throws WireFormatException {
    return new ClientMessage.RedactTicket(
        id(),
        operation(),
        StrictFields.ticket(o),
        redaction(),
        StrictFields.lineOrNull(o, "reason", WireLimits.LINE));
  }

  private Redaction redaction() throws WireFormatException {
    String name = o.textOrNull("field");
    Long comment = o.countOrNull("commentId");
    if ((name == null) == (comment == null)) {
      throw o.wrong("field", "or commentId says what to remove: give one of the two");
    }
    if (comment != null) {
      return Redaction.ofComment(comment);
    }
    for (TicketField<?> field : Redaction.FIELDS) {
      if (field.wireName().equals(name)) {
        return Redaction.ofField(field);
      }
    }
    throw o.wrong(
        "field", "cannot be removed: give title, description, requester, reference or tags");
  }

  private ClientMessage kickSession() throws WireFormatException {
    return new AdminMessage.KickSession(
        id(),
        StrictFields.line(o, "session", WireLimits.REQUEST_ID),
        StrictFields.lineOrNull(o, "reason", WireLimits.LINE));
  }

  private ClientMessage drain() throws WireFormatException {
    Duration after = o.millisOrNull("afterMillis", Duration.ZERO, WireLimits.MAX_DRAIN);
    boolean cancel = o.flag("cancel");
    if (cancel && after != null) {
      throw o.wrong("afterMillis", "cannot stand beside cancel: give one of the two");
    }
    return new AdminMessage.Drain(id(), after, cancel);
  }
}
