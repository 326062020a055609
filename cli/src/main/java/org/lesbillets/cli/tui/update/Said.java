package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/** What the status line says of a lock: it does not outlast that. */
final class Said {
  private final UiModel model;

  Said(UpdateContext context) {
    this.model = context.model;
  }

  /** Something happened to a ticket. */
  void happened(Ticket now, WireEvent event) {
    StatusLine said = model.status;
    if (said.about() == null || !said.about().isOver(now)) {
      return;
    }
    boolean expired =
        event instanceof WireEvent.TicketUnlocked unlocked
            && unlocked.reason() == UnlockReason.EXPIRED;
    if (said.kind() == StatusLine.Kind.ALARM && expired) {
      // An alarm that was not seen yet stays, as something that is over.
      String text = "It was your turn, but " + EventSentence.what(event) + ".";
      model.status = new StatusLine(said.kind(), text, said.sinceNanos(), null);
    } else {
      model.status = StatusLine.NOTHING;
    }
  }

  /** Much may have happened. */
  void reloaded() {
    LockSeen about = model.status.about();
    if (about != null && model.tickets.find(about.ticket()).map(about::isOver).orElse(true)) {
      model.status = StatusLine.NOTHING;
    }
  }
}
