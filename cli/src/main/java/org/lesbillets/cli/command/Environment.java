package org.lesbillets.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.output.console.Console;

/**
 * The outside world as a verb's inputs: streams, variables, home, clock, server. Immutable.
 *
 * @param environment the variables of the process
 * @param home the home directory of the account, where the environment names none; null for none
 * @param clock the present, and the time zone people live in
 * @param services opens the service that the settings name
 */
public record Environment(
    Console console,
    Map<String, String> environment,
    Path home,
    Clock clock,
    Function<ClientSettings, TicketService> services) {
  public Environment {
    environment = Map.copyOf(environment);
  }

  /** The same world with another console. */
  public Environment withConsole(Console other) {
    return new Environment(other, environment, home, clock, services);
  }
}
