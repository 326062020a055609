package org.lesbillets.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.cli.command.Environment;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.cli.text.ShellWords;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.place.NoHomeException;
import org.lesbillets.model.place.UserDirectories;

/**
 * The program {@code billets-as}: one run for an agent who shares the account with others, and came
 * through {@code sshd}. It takes the words of {@code SSH_ORIGINAL_COMMAND}, or opens the live view.
 * {@link DelegateRules} says what is allowed; of the environment nothing counts but the terminal
 * and the language; drafts and caches are apart for each agent. Runs on the main thread.
 */
final class DelegateRun {
  /** The first argument, by which the launcher says that it is {@code billets-as}. */
  static final String WORD = "--as";

  private static final String COMMAND = "SSH_ORIGINAL_COMMAND";
  private static final String SERVER = "--server";
  private static final String UNIX = "unix:";
  private static final Set<String> OF_TERMINAL =
      Set.of("TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "COLUMNS");

  private DelegateRun() {}

  /**
   * Runs it in this process, which can run no other program any more.
   *
   * @param args {@value #WORD}, perhaps an address, and the agent's name
   * @param home of the account, where HOME says nothing; null for none
   * @return the exit code
   */
  static int run(List<String> args, Path home) {
    CallerEnvironment.seal();
    Map<String, String> variables = CallerEnvironment.variables();
    Environment system = BilletsMain.system(terminal(variables), home);
    try {
      return run(args, variables, system.at(new UserDirectories(variables, home).home()));
    } catch (UsageException | NoHomeException e) {
      return new FailureHandler(system.console(), false).handle(e, null);
    }
  }

  /**
   * As {@link #run(List, Path)}.
   *
   * @param variables those of the process
   * @param system the world of the account, of which the console, the clock and the home are used
   * @throws UsageException if the arguments or the command make no sense
   */
  static int run(List<String> args, Map<String, String> variables, Environment system) {
    boolean hasServer = args.size() == 4 && args.get(1).equals(SERVER);
    if (args.size() != 2 && !hasServer) {
      throw new UsageException("write billets-as [--server unix:PATH] NAME");
    }
    AgentName agent = agent(args.get(args.size() - 1));
    String servers = hasServer ? args.get(2) : usualServers(variables.get("XDG_RUNTIME_DIR"));
    if (!servers.startsWith(UNIX)) {
      throw new UsageException("--server: name a Unix domain socket of this machine: unix:/PATH");
    }
    Map<String, String> environment = new HashMap<>(terminal(variables));
    environment.put("BILLETS_SERVER", servers);
    // Only root could make this directory.
    environment.put("XDG_CONFIG_HOME", "/nonexistent");
    environment.put("XDG_STATE_HOME", system.home() + "/.local/state/billets/as/" + agent.value());
    Environment own =
        new Environment(
            system.console(), environment, system.home(), system.clock(), system.services());
    return new BilletsMain(own.onBehalfOf(agent)).run(words(variables.get(COMMAND)));
  }

  private static AgentName agent(String name) {
    try {
      return new AgentName(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("'" + name + "': " + e.getMessage());
    }
  }

  /** The socket of a server of this account, and that of the system. */
  private static String usualServers(String runtime) {
    String system = UNIX + "/run/billets/desk.sock";
    boolean own = runtime != null && runtime.matches("/[^,]*");
    return own ? UNIX + runtime + "/billets/desk.sock," + system : system;
  }

  private static Map<String, String> terminal(Map<String, String> variables) {
    Map<String, String> terminal = new HashMap<>(variables);
    terminal.keySet().retainAll(OF_TERMINAL);
    return terminal;
  }

  /** The words that were typed, without a first {@code billets}; the live view where none were. */
  private static String[] words(String command) {
    List<String> words;
    try {
      words = new ArrayList<>(ShellWords.split(command == null ? "" : command));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    if (!words.isEmpty() && words.get(0).equals("billets")) {
      words.remove(0);
    }
    return words.isEmpty() ? new String[] {"tui"} : words.toArray(String[]::new);
  }
}
