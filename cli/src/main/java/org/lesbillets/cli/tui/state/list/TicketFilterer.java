package org.lesbillets.cli.tui.state.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/** Filtering, sorting and counting of tickets, O(n log n). Pure; any thread. */
public final class TicketFilterer {
  /** What {@code me} matches before the handshake: no valid name. */
  private static final AgentName NOBODY = new AgentName("nobody-yet");

  private TicketFilterer() {}

  /**
   * The tickets that match a filter, in its order.
   *
   * @param me null before the handshake
   */
  public static List<Ticket> filter(
      Iterable<Ticket> tickets, Filter filter, AgentName me, Instant now) {
    QueryContext context = context(me, now);
    List<Ticket> found = new ArrayList<>();
    for (Ticket ticket : tickets) {
      if (filter.query().matches(ticket, context)) {
        found.add(ticket);
      }
    }
    found.sort(filter.order().comparator());
    return found;
  }

  public static QueryContext context(AgentName me, Instant now) {
    return new QueryContext(me == null ? NOBODY : me, now);
  }

  /**
   * A count of tickets for some views. Immutable; any thread.
   *
   * @param timely whether only views that mention time are counted
   */
  public record Count(List<Filter> views, boolean timely) {
    public Count {
      views = List.copyOf(views);
    }

    /** The number of tickets of each view; -1 for one that is left out. */
    public List<Integer> of(Iterable<Ticket> tickets, AgentName me, Instant now) {
      return of(tickets, context(me, now));
    }

    public List<Integer> of(Iterable<Ticket> tickets, QueryContext context) {
      int[] counts = new int[views.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = timely && !views.get(i).query().mentionsTime() ? -1 : 0;
      }
      for (Ticket ticket : tickets) {
        for (int i = 0; i < counts.length; i++) {
          if (counts[i] >= 0 && views.get(i).query().matches(ticket, context)) {
            counts[i]++;
          }
        }
      }
      return Arrays.stream(counts).boxed().toList();
    }
  }
}
