package org.lesbillets.acceptance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.BilletsMain;
import org.lesbillets.cli.SpecifiedExits;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.command.Environment;
import org.lesbillets.cli.command.RemoteTicketService;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.Terminal;

/**
 * {@code billets} with the environment of one agent: run in this process, which is fast, or as a
 * process. Immutable; any thread.
 */
record Billets(Path folder, Map<String, String> environment) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

  Billets {
    environment = Map.copyOf(environment);
  }

  Billets with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Billets(folder, more);
  }

  /** Runs a line as one would type it after {@code billets}; '…' holds words together. */
  ProcessOutcome does(String line) {
    return reading("", line);
  }

  /** The same, with something on standard input. */
  ProcessOutcome reading(String input, String line) {
    return run(input, words(line));
  }

  static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group() : matcher.group(1));
    }
    return words.toArray(String[]::new);
  }

  /** Runs it in this process, through the entry of its command line. */
  ProcessOutcome run(String input, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProcessOutcome outcome = into(out, input, words);
    String printed = out.toString(StandardCharsets.UTF_8);
    return new ProcessOutcome(outcome.command(), outcome.exit(), printed, outcome.err());
  }

  /** Runs it with standard output going elsewhere. */
  ProcessOutcome into(OutputStream out, String input, String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Console console = new Console(in, out, err, Terminal.NONE);
    Environment surroundings =
        new Environment(
            console, environment, folder, Clock.systemDefaultZone(), RemoteTicketService::new);
    int exit = new BilletsMain(surroundings).run(words);
    SpecifiedExits.check(List.of(words), exit);
    return new ProcessOutcome(
        "billets " + String.join(" ", words), exit, "", err.toString(StandardCharsets.UTF_8));
  }

  /** Starts it as a process. */
  Running start(String line) {
    return Running.start(folder, environment, Distribution.billetsFromClasses(words(line)));
  }

  /** How programs of our own connect as this agent, who has to have BILLETS_TOKEN. */
  ClientSettings settings(Duration timeout) {
    String token = environment.get("BILLETS_TOKEN");
    return new ClientSettings(
        ServerAddress.parseAll(environment.get("BILLETS_SERVER")), () -> token, timeout);
  }

  /** A connection as this agent. */
  TicketClient connect(PushListener pushes) {
    return TicketClient.connect(settings(Duration.ofSeconds(30)), pushes);
  }
}
