package org.lesbillets.cli.tui.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.lesbillets.cli.tui.state.list.LeaseEnd;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;

/**
 * The open tickets, counted, and the locks that are held longest. Immutable.
 *
 * @param unassigned how many nobody is to do
 * @param assignees who is to do how many, those with the most first
 * @param longest the tickets whose locks are held longest, at most {@value #LOCKS}
 */
record TicketStats(
    Map<Priority, Integer> priorities, int unassigned, List<Load> assignees, List<Ticket> longest) {
  private static final int LOCKS = 64;

  /** How much somebody has to do. */
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

  /** Of many locks only a few are sorted. */
  private static List<Ticket> longest(List<LeaseEnd> leases) {
    Comparator<Ticket> oldest = Comparator.comparing(TicketStats::since);
    PriorityQueue<Ticket> kept = new PriorityQueue<>(oldest.reversed());
    for (LeaseEnd lease : leases) {
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
