package org.lesbillets.cli.command;

import org.lesbillets.model.AgentName;

/** Turns what was typed for an assignee into a name. */
public final class Assignees {
  private Assignees() {}

  /**
   * @param typed a name, "me", or nothing (null or "") for nobody
   * @return the name, or null for nobody
   */
  public static AgentName named(String typed, CommandContext context) {
    if (typed == null || typed.isEmpty()) {
      return null;
    }
    return typed.equals("me") ? context.service().me() : new AgentName(typed);
  }
}
