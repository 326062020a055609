package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.TicketRef;

/** Reads a ticket page by page until all of it is there. */
final class TicketPageReader {
  private TicketPageReader() {}

  static TicketReport read(TicketService desk, TicketRef ref, boolean withHistory) {
    TicketPages pages = new TicketPages(withHistory);
    Long before = pages.take(desk.details(ref, withHistory, null));
    TicketRef whole = TicketRef.of(pages.ticket().id());
    while (before != null) {
      before = pages.take(desk.details(whole, withHistory, before));
    }
    return pages.report();
  }
}
