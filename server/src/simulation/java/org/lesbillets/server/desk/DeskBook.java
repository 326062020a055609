package org.lesbillets.server.desk;

import org.lesbillets.model.TicketBook;

/** Access to a desk's book for a simulation, whose one thread is the desk's too. */
public final class DeskBook {
  private DeskBook() {}

  public static TicketBook of(TicketDesk desk) {
    return desk.book();
  }
}
