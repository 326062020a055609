package org.lesbillets.cli.tui.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.Ticket;

/**
 * The locks of this agent that outlast the view: all but those of forms, which end with it, and
 * those that the lease keeper of another program renews. Pure; on the thread of the view.
 */
public final class RemainingLocks {
  private static final int NAMED = 5;

  private RemainingLocks() {}

  /** The sentence about them; empty for none. */
  public static Optional<String> sentence(UiModel model) {
    SortedMap<Long, Duration> held = held(model);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    boolean one = held.size() == 1;
    return Optional.of(
        "You still hold "
            + (one ? "the lock of " : "the locks of ")
            + named(List.copyOf(held.keySet()))
            + ", for "
            + HumanTime.length(held.values().stream().max(Duration::compareTo).orElseThrow())
            + (one ? "" : " at most")
            + ": billets unlock "
            + references(held)
            + (one ? " releases it." : " releases them."));
  }

  /** The remaining time of each lock, by ticket number. */
  private static SortedMap<Long, Duration> held(UiModel model) {
    SortedMap<Long, Duration> held = new TreeMap<>();
    for (LeaseDeadline lease : model.tickets().leases()) {
      Ticket ticket = lease.ticket();
      boolean mine = ticket.lock().holder().equals(model.me());
      boolean renewed = ticket.lock().ttl().compareTo(AsyncTicketService.LEASE) <= 0;
      if (mine && !renewed && !model.pending().locks().isOfForm(ticket)) {
        held.put(ticket.number(), lease.left(model.now()));
      }
    }
    // An answer may have arrived without its event.
    model
        .pending()
        .locks()
        .byHand()
        .values()
        .forEach(lock -> held.putIfAbsent(lock.number(), lock.lock().ttl()));
    return held;
  }

  private static String named(List<Long> numbers) {
    List<String> all = numbers.stream().map(number -> "#" + number).toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    if (all.size() > NAMED) {
      String some = String.join(", ", all.subList(0, NAMED));
      return some + " and " + (all.size() - NAMED) + " more";
    }
    String some = String.join(", ", all.subList(0, all.size() - 1));
    return some + " and " + all.get(all.size() - 1);
  }

  private static String references(SortedMap<Long, Duration> held) {
    return held.size() > NAMED
        ? "--mine"
        : held.keySet().stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
