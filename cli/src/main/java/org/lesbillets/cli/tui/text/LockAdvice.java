package org.lesbillets.cli.tui.text;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** Sentences about a lock that name the keys to act on it. Pure. */
public record LockAdvice(UiModel model) {
  /** The keys that wait for or take a lock held by another agent; empty if none is bound. */
  public String ofOthers(Ticket ticket) {
    String wait =
        model.isWaitingFor(ticket.id())
            ? with(Action.UNLOCK, "leaves its line")
            : with(Action.WAIT, "waits for it");
    return Stream.of(wait, with(Action.STEAL, "takes it"))
        .filter(way -> !way.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The lock is held by this view. */
  public String here(Ticket ticket) {
    return "You hold it here: " + unlocking("#" + ticket.number()) + ".";
  }

  /** The lock is held by another program of the same agent. */
  public String elsewhere(Ticket ticket, TicketLock lock) {
    String taking = with(Action.STEAL, "takes it over");
    return "You hold #"
        + ticket.number()
        + " already, "
        + where(lock)
        + (taking.isEmpty() ? "." : ": " + taking + ".");
  }

  /** The key that unlocks, or the command if none is bound. */
  public String unlocking(String what) {
    String key = with(Action.UNLOCK, "unlocks " + what);
    return key.isEmpty() ? ":unlock unlocks " + what : key;
  }

  /** The program that holds a lock of the same agent, in words. */
  public static String where(TicketLock lock) {
    if (AsyncTicketService.CLIENT.equals(lock.client())) {
      return "in another or an earlier view";
    }
    return lock.client() == null ? "elsewhere" : "in the " + lock.client();
  }

  private String with(Action action, String does) {
    return model.settings().keys().key(action).map(key -> key + " " + does).orElse("");
  }
}
