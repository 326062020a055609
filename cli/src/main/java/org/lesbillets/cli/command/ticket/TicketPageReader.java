package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.TicketRef;

/** Reads a ticket page by page until all of it is there. */
final class TicketPageReader {
  private TicketPageReader() {}

  static TicketReport read(TicketService service, TicketRef ref, boolean withHistory) {
    TicketPages pages = new TicketPages(withHistory);
    Long before = pages.take(service.details(ref, withHistory, null));
    TicketRef whole = TicketRef.of(pages.ticket().id());
    while (before != null) {
      before = pages.take(service.details(whole, withHistory, before));
    }
    return pages.report();
  }
}
