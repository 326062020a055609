package org.lesbillets.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.model.AgentName;

/**
 * The outside world as a verb's inputs: streams, variables, home, clock, server. Immutable.
 *
 * @param environment the variables of the process
 * @param home the home directory of the account, where the environment names none; null for none
 * @param clock the present, and the time zone people live in
 * @param services opens the service that the settings name
 * @param delegate the agent who shares the account with others, and may use nothing else of it;
 *     null for its owner
 */
public record Environment(
    Console console,
    Map<String, String> environment,
    Path home,
    Clock clock,
    Function<ClientSettings, TicketService> services,
    AgentName delegate) {
  public Environment {
    environment = Map.copyOf(environment);
  }

  /** The world of the owner of the account. */
  public Environment(
      Console console,
      Map<String, String> environment,
      Path home,
      Clock clock,
      Function<ClientSettings, TicketService> services) {
    this(console, environment, home, clock, services, null);
  }

  /** This world for one of several agents who share the account. */
  public Environment onBehalfOf(AgentName agent) {
    return new Environment(console, environment, home, clock, services, agent);
  }

  /** The same world with another home directory. */
  public Environment at(Path other) {
    return new Environment(console, environment, other, clock, services, delegate);
  }

  /** The same world with another console. */
  public Environment withConsole(Console other) {
    return new Environment(other, environment, home, clock, services, delegate);
  }
}
