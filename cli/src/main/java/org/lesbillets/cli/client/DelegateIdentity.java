package org.lesbillets.cli.client;

import org.lesbillets.model.AgentName;

/**
 * One person of several who share an account, instead of a token. Immutable.
 *
 * @param onBehalfOf the agent to act for
 */
public record DelegateIdentity(AgentName onBehalfOf) implements TokenSource {
  @Override
  public String token() {
    return "";
  }

  @Override
  public String identity() {
    return "as " + onBehalfOf;
  }
}
