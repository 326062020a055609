package org.lesbillets.cli.command.bulk;

import java.util.List;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.bulk.format.ImportRecord;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Pipeline job of {@code --dry-run}: looks for a ticket of the record's id, and if there is none
 * for one of its number, and changes nothing. Its outcome is that of an {@link ImportJob} at this
 * moment.
 */
final class ImportDryRun implements ImportTask {
  private final ImportResult result;
  private final TicketPages pages = new TicketPages(true);
  private boolean lookingForNumber;

  ImportDryRun(ImportRecord record, long place) {
    this.result = new ImportResult(record, place);
  }

  private Ticket wanted() {
    return result.record().ticket().ticket();
  }

  @Override
  public ClientMessage first() {
    return result.record().ticket() == null
        ? null
        : look(TicketRef.of(wanted().id()), DetailsCursor.NEWEST, WireLimits.MAX_PAGE_LIMIT);
  }

  private ClientMessage look(TicketRef ticket, DetailsCursor cursor, int limit) {
    return new ClientMessage.GetTicket(
        result.record().ticket().requestId(), ticket, !lookingForNumber, cursor, limit);
  }

  @Override
  public ClientMessage next(Answer answer) {
    if (answer instanceof Rejected rejected) {
      return afterRefusal(rejected);
    }
    if (lookingForNumber) {
      result.numbered(0);
      return null;
    }
    DetailsCursor older = pages.take((TicketDetails) answer);
    if (older != null) {
      return look(TicketRef.of(wanted().id()), older, WireLimits.MAX_PAGE_LIMIT);
    }
    compare();
    return null;
  }

  private ClientMessage afterRefusal(Rejected rejected) {
    if (rejected.code() != RejectionCode.NOT_FOUND) {
      result.failed(new RejectedException(rejected));
      return null;
    }
    if (lookingForNumber) {
      return null;
    }
    result.is(Outcome.CREATED);
    lookingForNumber = true;
    return look(TicketRef.of(wanted().number()), DetailsCursor.NEWEST, 1);
  }

  private void compare() {
    List<Comment> comments = result.record().ticket().comments();
    List<Comment> there = pages.comments();
    List<Comment> first = ImportJob.fitting(result.record().ticket()).comments();
    boolean same =
        pages.ticket().saysSameAs(wanted()) && Comment.begin(first, there) || wasImported(first);
    if (result.record().undated() || same && Comment.begin(comments, there)) {
      result.is(Outcome.PRESENT);
    } else if (same && Comment.begin(there, comments)) {
      result.is(Outcome.CREATED);
    } else {
      result.differs("says something else");
    }
  }

  /** Whether it was imported as the record has it, regardless of later changes. */
  private boolean wasImported(List<Comment> comments) {
    SequencedEvent first = pages.events().isEmpty() ? null : pages.events().get(0);
    if (first == null || !(first.event() instanceof TicketCreated created) || !created.imported()) {
      return false;
    }
    List<Comment> brought =
        pages.comments().stream().limit(created.ticket().commentCount()).toList();
    return created.ticket().saysSameAs(wanted())
        && brought.size() == comments.size()
        && Comment.begin(brought, comments);
  }

  @Override
  public ImportResult result() {
    return result;
  }
}
