package org.lesbillets.cli.tui.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;

/**
 * The statistics of the dashboard: counts of open tickets, and the locks held longest. An immutable
 * snapshot; any thread.
 *
 * @param unassigned the number of open tickets without an assignee
 * @param assignees the number of open tickets of each, in descending order
 * @param longest the tickets whose locks are held longest, at most {@value #LOCKS}
 */
record TicketStats(
    Map<Priority, Integer> priorities, int unassigned, List<Load> assignees, List<Ticket> longest) {
  private static final int LOCKS = 64;

  /** The number of open tickets of one agent. */
  record Load(AgentName agent, int tickets) {}

  static TicketStats of(LiveTickets tickets) {
    int[] priorities = new int[Priority.values().length];
    int[] unassigned = new int[1];
    Map<AgentName, int[]> loads = new HashMap<>();
    tickets.book().stream()
        .filter(Ticket::isOpen)
        .forEach(
            ticket -> {
              priorities[ticket.content().priority().ordinal()]++;
              AgentName agent = ticket.content().assignee();
              int[] count =
                  agent == null ? unassigned : loads.computeIfAbsent(agent, a -> new int[1]);
              count[0]++;
            });
    Map<Priority, Integer> byPriority = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      byPriority.put(priority, priorities[priority.ordinal()]);
    }
    return new TicketStats(byPriority, unassigned[0], sorted(loads), longest(tickets.leases()));
  }

  private static List<Load> sorted(Map<AgentName, int[]> loads) {
    return loads.entrySet().stream()
        .map(entry -> new Load(entry.getKey(), entry.getValue()[0]))
        .sorted(Comparator.comparingInt(Load::tickets).reversed().thenComparing(Load::agent))
        .toList();
  }

  /** Selects the longest with a bounded priority queue, rather than sorting all locks. */
  private static List<Ticket> longest(List<LeaseDeadline> leases) {
    Comparator<Ticket> oldest = Comparator.comparing(TicketStats::since);
    PriorityQueue<Ticket> kept = new PriorityQueue<>(oldest.reversed());
    for (LeaseDeadline lease : leases) {
      if (kept.size() < LOCKS || oldest.compare(lease.ticket(), kept.peek()) < 0) {
        kept.add(lease.ticket());
      }
      if (kept.size() > LOCKS) {
        kept.remove();
      }
    }
    List<Ticket> longest = new ArrayList<>(kept);
    longest.sort(oldest.thenComparingLong(Ticket::number));
    return List.copyOf(longest);
  }

  private static Instant since(Ticket ticket) {
    return ticket.lock().since();
  }
}
