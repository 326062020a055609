package org.lesbillets.cli.client.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;

/**
 * A change whose event says when it was due, in the title that it gives to its ticket: so a watcher
 * measures the latency without knowing anything of the writer, also after a reconnect. Stateless;
 * any thread.
 */
final class DueChange {
  private static final String BEFORE_DUE = ", due at ";
  private static final String UNIT = " us";

  private DueChange() {}

  /**
   * @param change counted from 0
   * @param dueNanos since the first change of the run
   */
  static UpdateTicket of(BenchPlan plan, int writer, long change, long dueNanos) {
    String title =
        "billets bench: change "
            + (change + 1)
            + " of writer "
            + (writer + 1)
            + BEFORE_DUE
            + TimeUnit.NANOSECONDS.toMicros(dueNanos)
            + UNIT;
    return new UpdateTicket(
        plan.tickets().get(writer), TicketPatch.of(TicketField.TITLE, title), null);
  }

  /** When the change was due, in nanoseconds since the first one; -1 for the event of another. */
  static long dueNanos(BenchPlan plan, WireEvent event) {
    if (!(event instanceof TicketUpdated updated) || !isOf(plan, updated)) {
      return -1;
    }
    String title = updated.ticket().content().title();
    int from = title.lastIndexOf(BEFORE_DUE);
    if (from < 0 || !title.endsWith(UNIT)) {
      return -1;
    }
    String micros = title.substring(from + BEFORE_DUE.length(), title.length() - UNIT.length());
    try {
      return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean isOf(BenchPlan plan, TicketUpdated updated) {
    Ticket ticket = updated.ticket();
    List<FieldChange> changes = updated.changes();
    return changes.size() == 1
        && changes.get(0).field() == TicketField.TITLE
        && ticket.content().tags().contains(plan.tag());
  }
}
