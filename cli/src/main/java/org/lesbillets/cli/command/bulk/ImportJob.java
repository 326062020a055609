package org.lesbillets.cli.command.bulk;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.RequestSize;
import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.bulk.format.ImportRecord;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Pipeline job: imports one record, the ticket with as many comments as one message holds, then the
 * others one by one. Idempotent:
 *
 * <pre>
 *   ticket --created--> comments that did not fit, one by one --> created
 *     |
 *     +--there already--> its comments, page by page
 *          +--all of the record's--> present
 *          +--the first of the record's--> the others, one by one --> created
 *          +--others among them--> failed
 * </pre>
 */
final class ImportJob implements ImportTask {
  private final ImportResult result;
  private final long since;
  private final List<Comment> comments;

  /** The first request; null if the record is none. */
  private final ImportTicket whole;

  /** The existing ticket; null until it is requested. */
  private TicketPages pages;

  /** The number of comments on the server. */
  private int said;

  /**
   * @param since the revision at which this import began: what was created later is its work, even
   *     where the first answer was lost
   */
  ImportJob(ImportRecord record, long place, long since) {
    this.result = new ImportResult(record, place);
    this.since = since;
    this.comments = record.ticket() == null ? List.of() : record.ticket().comments();
    this.whole = record.ticket() == null ? null : fitting(record.ticket());
    this.said = whole == null ? 0 : whole.comments().size();
  }

  /** The request with as many comments as fit, the first ones. */
  static ImportTicket fitting(ImportTicket all) {
    if (!RequestSize.isTooLarge(all)) {
      return all;
    }
    // A comment in a request by itself is a little larger than among others.
    long room = WireLimits.CLIENT_MESSAGE_BYTES - RequestSize.of(with(all, List.of()));
    List<Comment> first = new ArrayList<>();
    for (Comment comment : all.comments()) {
      room -= RequestSize.of(alone(all, comment, first.size()));
      if (room < 0) {
        break;
      }
      first.add(comment);
    }
    return with(all, first);
  }

  private static ImportTicket with(ImportTicket all, List<Comment> comments) {
    return new ImportTicket(
        all.requestId(), null, all.ticket().withCommentCount(comments.size()), comments);
  }

  private static ClientMessage.ImportComment alone(ImportTicket all, Comment comment, int place) {
    TicketRef ticket = TicketRef.of(all.ticket().id());
    return new ClientMessage.ImportComment(all.requestId(), null, ticket, comment, place);
  }

  @Override
  public ClientMessage first() {
    return whole;
  }

  @Override
  public ClientMessage next(Answer answer) {
    if (answer instanceof Rejected rejected) {
      refused(rejected);
      return null;
    }
    if (answer instanceof TicketDetails page) {
      DetailsCursor older = pages.take(page);
      return older == null ? afterLooking() : page(older);
    }
    if (answer instanceof EventMessage event) {
      return result.outcome() == null ? afterTicket(event) : afterComment();
    }
    throw new IllegalStateException(answer.type() + " answers no part of an import");
  }

  private void refused(Rejected rejected) {
    boolean other =
        rejected.code() == RejectionCode.INVALID && "id".equals(rejected.details().field());
    if (other && result.record().undated()) {
      // Its id is a hash of its content, so that only the time differs, which it does not name.
      result.is(Outcome.PRESENT);
    } else {
      result.failed(new RejectedException(rejected));
    }
  }

  private ClientMessage afterTicket(EventMessage event) {
    boolean created =
        event.event().event() instanceof TicketCreated && event.event().revision() > since;
    result.is(created ? Outcome.CREATED : Outcome.PRESENT);
    if (created) {
      result.numbered(event.event().event().ticket().number());
    }
    if (said == comments.size()) {
      return null;
    }
    if (created) {
      return comment();
    }
    pages = new TicketPages(false);
    return page(DetailsCursor.NEWEST);
  }

  private ClientMessage page(DetailsCursor cursor) {
    TicketRef ticket = TicketRef.of(whole.ticket().id());
    return new ClientMessage.GetTicket(
        whole.requestId(), ticket, false, cursor, WireLimits.MAX_PAGE_LIMIT);
  }

  /** Others may have commented since; only what the record says has to be there. */
  private ClientMessage afterLooking() {
    List<Comment> there = pages.comments();
    if (Comment.begin(comments, there)) {
      return null;
    }
    if (!Comment.begin(there, comments)) {
      result.differs("others have commented on it while it was half imported");
      return null;
    }
    said = there.size();
    result.is(Outcome.CREATED);
    return comment();
  }

  private ClientMessage comment() {
    return alone(whole, comments.get(said), said);
  }

  private ClientMessage afterComment() {
    said++;
    return said == comments.size() ? null : comment();
  }

  @Override
  public ImportResult result() {
    return result;
  }
}
