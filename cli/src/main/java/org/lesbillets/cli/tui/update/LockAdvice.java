package org.lesbillets.cli.tui.update;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** What can be done about a lock, in words, with the keys that do it here. */
record LockAdvice(UiModel model) {
  /** Behind what says that another has the lock: the ways out, as far as they are on keys. */
  String ofOthers(Ticket ticket) {
    String wait =
        model.isWaitingFor(ticket.id())
            ? with(Action.UNLOCK, "leaves its line")
            : with(Action.WAIT, "waits for it");
    return Stream.of(wait, with(Action.STEAL, "takes it"))
        .filter(way -> !way.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** That the lock is one's own, and this view has it. */
  String here(Ticket ticket) {
    return "You hold it here: " + unlocking("#" + ticket.number()) + ".";
  }

  /** That the lock is one's own, and another program has it. */
  String elsewhere(Ticket ticket, TicketLock lock) {
    String taking = with(Action.STEAL, "takes it over");
    return "You hold #"
        + ticket.number()
        + " already, "
        + where(lock)
        + (taking.isEmpty() ? "." : ": " + taking + ".");
  }

  /** The key that unlocks, or how else it is done. */
  String unlocking(String what) {
    String key = with(Action.UNLOCK, "unlocks " + what);
    return key.isEmpty() ? ":unlock unlocks " + what : key;
  }

  /** The program that holds one's own lock. */
  static String where(TicketLock lock) {
    if (AsyncTicketService.CLIENT.equals(lock.client())) {
      return "in another or an earlier view";
    }
    return lock.client() == null ? "elsewhere" : "in the " + lock.client();
  }

  private String with(Action action, String does) {
    return key(action).map(key -> key + " " + does).orElse("");
  }

  private Optional<String> key(Action action) {
    return model.settings().keys().keys(action).stream().findFirst().map(key -> key.spelling());
  }
}
