package org.lesbillets.server.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.lesbillets.model.AgentName;

/**
 * Budget of the bytes that unfinished messages hold, per token and in all, and their timeout. Any
 * thread, under its lock; holds one entry for each connection with an unfinished message, or with
 * one that exceeded the budget, until the connection closes.
 */
final class UnfinishedMessages {
  private final EdgeLimits limits;
  private final Map<Connection<?>, Entry> entries = new HashMap<>();
  private final Map<AgentName, Long> byAgent = new HashMap<>();
  private long total;

  /** The unfinished message of one connection, and when it began. */
  private record Entry(AgentName agent, long bytes, long sinceNanos, boolean overdue) {}

  UnfinishedMessages(EdgeLimits limits) {
    this.limits = limits;
  }

  /**
   * Notes what a connection's message holds now.
   *
   * @param agent whose token admitted it: names of tokens are unique
   * @return the sentence to close the connection with when a budget is exceeded, or null
   */
  synchronized String hold(Connection<?> connection, AgentName agent, long bytes, long now) {
    Entry before = entries.get(connection);
    long since = before == null ? now : before.sinceNanos();
    long delta = bytes - (before == null ? 0 : before.bytes());
    entries.put(connection, new Entry(agent, bytes, since, before != null && before.overdue()));
    add(agent, delta);
    if (delta <= 0) {
      return null;
    }
    if (byAgent.get(agent) > limits.unfinishedPerToken()) {
      return "The unfinished messages of this token have more than %d bytes: finish some first."
          .formatted(limits.unfinishedPerToken());
    }
    return total > limits.unfinishedInAll()
        ? "The unfinished messages of all clients have more than %d bytes: try again later."
            .formatted(limits.unfinishedInAll())
        : null;
  }

  /** Forgets a connection whose message is complete, or that closed. */
  synchronized void release(Connection<?> connection) {
    Entry entry = entries.remove(connection);
    if (entry != null) {
      add(entry.agent(), -entry.bytes());
    }
  }

  private void add(AgentName agent, long delta) {
    total += delta;
    byAgent.merge(agent, delta, (held, more) -> held + more == 0 ? null : held + more);
  }

  /**
   * The connections whose message passed its timeout since the last call.
   *
   * @param isRead whether a connection is being read: time in which it is not does not count
   */
  synchronized List<Connection<?>> overdue(long now, Predicate<Connection<?>> isRead) {
    List<Connection<?>> overdue = new ArrayList<>();
    for (Map.Entry<Connection<?>, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (!isRead.test(each.getKey())) {
        each.setValue(new Entry(entry.agent(), entry.bytes(), now, entry.overdue()));
      } else if (!entry.overdue() && now - entry.sinceNanos() >= limits.unfinishedFor().toNanos()) {
        each.setValue(new Entry(entry.agent(), entry.bytes(), entry.sinceNanos(), true));
        overdue.add(each.getKey());
      }
    }
    return overdue;
  }
}
