package org.lesbillets.model.query;

import java.time.Instant;
import java.util.Objects;
import org.lesbillets.model.AgentName;

/**
 * The free variables of a query, bound when it is evaluated. Immutable; any thread.
 *
 * @param me the agent that {@code me} stands for
 * @param now the moment ages are counted from, on the server's wall clock
 */
public record QueryContext(AgentName me, Instant now) {
  public QueryContext {
    Objects.requireNonNull(me, "me");
    Objects.requireNonNull(now, "now");
  }
}
