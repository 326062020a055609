package org.lesbillets.cli.command.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.model.AgentName;

/**
 * The content of a cache file, one {@code name value} a line. Immutable.
 *
 * @param identity of whom
 * @param at when it was learnt
 */
record CachedStatus(String identity, BootTime at, KnownStatus known) {
  private static final String FIRST = "billets-status 1";
  private static final String UNKNOWN_BOOT = "-";

  static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FIRST);
    lines.add("identity " + identity);
    String boot = at.boot().isEmpty() ? UNKNOWN_BOOT : at.boot();
    lines.add("at " + boot + " " + at.upMillis() + " " + at.wallMillis());
    StatusReport report = known.report();
    if (report == null) {
      ConnectionException failure = known.failure();
      lines.add("failure " + failure.kind().name() + " " + oneLine(failure.getMessage()));
    } else {
      lines.add("agent " + report.agent());
      lines.add("open " + report.counts().open());
      lines.add("mine " + report.counts().mine());
      report.held().forEach(h -> lines.add("held " + h.number() + " " + h.left().toMillis()));
    }
    lines.add("end");
    return String.join("\n", lines) + "\n";
  }

  /**
   * @throws IllegalArgumentException if this is not what {@link #text} writes
   */
  static CachedStatus parse(String text) {
    Lines lines = new Lines(text.lines().toList());
    lines.expect(FIRST);
    String identity = lines.value("identity");
    String[] at = lines.value("at").split(" ");
    if (at.length != 3) {
      throw new IllegalArgumentException("a moment has three parts");
    }
    String boot = at[0].equals(UNKNOWN_BOOT) ? "" : at[0];
    BootTime moment = new BootTime(boot, Long.parseLong(at[1]), Long.parseLong(at[2]));
    KnownStatus known = lines.next("failure") ? failure(lines) : report(lines);
    lines.expect("end");
    return new CachedStatus(identity, moment, known);
  }

  private static KnownStatus failure(Lines lines) {
    String[] words = lines.value("failure").split(" ", 2);
    return KnownStatus.of(
        new ConnectionException(
            ConnectionException.Kind.valueOf(words[0]), words.length > 1 ? words[1] : ""));
  }

  private static KnownStatus report(Lines lines) {
    AgentName agent = new AgentName(lines.value("agent"));
    StatusReport.Counts counts =
        new StatusReport.Counts(
            Long.parseLong(lines.value("open")), Long.parseLong(lines.value("mine")));
    List<StatusReport.HeldTicket> held = new ArrayList<>();
    while (lines.next("held")) {
      String[] words = lines.value("held").split(" ", 2);
      long left = Long.parseLong(words[words.length - 1]);
      held.add(new StatusReport.HeldTicket(Long.parseLong(words[0]), Duration.ofMillis(left)));
    }
    return KnownStatus.of(new StatusReport(agent, counts, held, Duration.ZERO));
  }

  /** Lines that are read in order. */
  private static final class Lines {
    private final List<String> lines;
    private int at;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    private String line() {
      return at < lines.size() ? lines.get(at) : "";
    }

    void expect(String line) {
      if (!line().equals(line)) {
        throw new IllegalArgumentException("'" + line + "' is missing");
      }
      at++;
    }

    boolean next(String name) {
      return line().startsWith(name + " ");
    }

    String value(String name) {
      if (!next(name)) {
        throw new IllegalArgumentException("'" + name + "' is missing");
      }
      return lines.get(at++).substring(name.length() + 1);
    }
  }
}
