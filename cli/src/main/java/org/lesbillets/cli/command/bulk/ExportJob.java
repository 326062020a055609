package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Pipeline job: reads one ticket with all its comments, page by page. */
final class ExportJob implements Job {
  /** Estimated size of a ticket, which bounds how many are in memory. */
  private static final long BYTES = 128 * 1024;

  private final TicketId id;
  private final TicketPages pages = new TicketPages(false);
  private RuntimeException reason;

  ExportJob(TicketId id) {
    this.id = id;
  }

  @Override
  public ClientMessage first() {
    return page(DetailsCursor.NEWEST);
  }

  private ClientMessage page(DetailsCursor cursor) {
    return new ClientMessage.GetTicket(
        id.toString(), TicketRef.of(id), false, cursor, WireLimits.MAX_PAGE_LIMIT);
  }

  @Override
  public ClientMessage next(Answer answer) {
    if (answer instanceof Rejected rejected) {
      reason = new RejectedException(rejected);
      return null;
    }
    DetailsCursor older = pages.take((TicketDetails) answer);
    return older == null ? null : page(older);
  }

  @Override
  public void failed(ConnectionException failure) {
    reason = failure;
  }

  @Override
  public long bytes() {
    return BYTES;
  }

  TicketId id() {
    return id;
  }

  TicketPages pages() {
    return pages;
  }

  /** Why it could not be read; null if it was. */
  RuntimeException reason() {
    return reason;
  }
}
