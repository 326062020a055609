package org.lesbillets.cli.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.ServerTrust;
import org.lesbillets.cli.output.ColourChoice;

/**
 * The parsed {@code config.toml}. Immutable.
 *
 * @param servers when no context is used; none where nothing was said
 * @param trust what identifies the servers when no context is used
 * @param timeout null where nothing was said
 * @param colour null where nothing was said
 * @param currentContext null for none; perhaps the name of a context that is not there
 * @param contexts in the order of the file
 */
public record Config(
    List<ServerAddress> servers,
    ServerTrust trust,
    Duration timeout,
    ColourChoice colour,
    String currentContext,
    Map<String, ContextSettings> contexts,
    TuiSettings tui) {
  /** That of a user without a file. */
  public static final Config NONE =
      new Config(List.of(), ServerTrust.USUAL, null, null, null, Map.of(), TuiSettings.USUAL);

  public Config {
    servers = List.copyOf(servers);
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
  }

  /**
   * A context by its name.
   *
   * @throws SettingsException if there is none; it says which there are
   */
  public ContextSettings context(String name) {
    ContextSettings context = contexts.get(name);
    if (context == null) {
      throw new SettingsException(ContextName.unknown(name, contexts.keySet()));
    }
    return context;
  }

  Config withCurrent(String name) {
    return new Config(servers, trust, timeout, colour, name, contexts, tui);
  }

  Config withContext(String name, ContextSettings context) {
    Map<String, ContextSettings> more = new LinkedHashMap<>(contexts);
    more.put(name, context);
    return new Config(servers, trust, timeout, colour, currentContext, more, tui);
  }

  Config withoutContext(String name) {
    Map<String, ContextSettings> fewer = new LinkedHashMap<>(contexts);
    fewer.remove(name);
    String current = name.equals(currentContext) ? null : currentContext;
    return new Config(servers, trust, timeout, colour, current, fewer, tui);
  }
}
