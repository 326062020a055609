package org.lesbillets.cli.tui.render;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;

/**
 * The open tickets, counted. Immutable.
 *
 * @param unassigned how many nobody is to do
 * @param assignees who is to do how many, those with the most first
 */
record Census(Map<Priority, Integer> priorities, int unassigned, List<Load> assignees) {

  /** How much somebody has to do. */
  record Load(AgentName agent, int tickets) {}

  static Census of(TicketBook book) {
    int[] priorities = new int[Priority.values().length];
    int[] unassigned = new int[1];
    Map<AgentName, int[]> loads = new HashMap<>();
    book.stream()
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
    return new Census(byPriority, unassigned[0], sorted(loads));
  }

  private static List<Load> sorted(Map<AgentName, int[]> loads) {
    return loads.entrySet().stream()
        .map(entry -> new Load(entry.getKey(), entry.getValue()[0]))
        .sorted(Comparator.comparingInt(Load::tickets).reversed().thenComparing(Load::agent))
        .toList();
  }
}
