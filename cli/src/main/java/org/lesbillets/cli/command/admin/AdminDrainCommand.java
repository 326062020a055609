package org.lesbillets.cli.command.admin;

import java.time.Duration;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.AdminReport;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ServerMessage.Pong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The verb {@code admin drain}: empties the server before it is stopped. */
@Command(
    name = "drain",
    description = {
      "Empty the server before it is stopped.",
      "From now on it takes no new connection (code 8), /readyz answers 503, and nobody waits for a"
          + " lock there. Connected programs are told to move to another server of theirs, or to"
          + " wait, and are disconnected after --after. Until the server ends or the drain is"
          + " cancelled, no lock runs out and no attempt is counted. It does not end by itself."
    },
    customSynopsis = {"billets admin drain [--after DUR]", "       billets admin drain --cancel"},
    footer = {
      "  billets admin drain && systemctl restart billets-server",
      "  billets admin drain --after 10m",
      "  billets admin drain --cancel"
    })
final class AdminDrainCommand implements Verb {
  private static final Duration USUAL = Duration.ofSeconds(30);

  @Option(
      names = "--after",
      paramLabel = "DUR",
      converter = OfLimit.class,
      description = "How long connected programs may stay (30s).")
  Duration after;

  @Option(names = "--cancel", description = "Take connections again; locks get their whole time.")
  boolean cancel;

  @Override
  public void run(CommandContext context) {
    if (cancel && after != null) {
      throw new UsageException("--cancel ends a drain at once: leave out --after");
    }
    Duration left = cancel ? null : after == null ? USUAL : after;
    try (TicketService service = context.adminService()) {
      service.administer(request -> new AdminMessage.Drain(request, left, cancel), Pong.class);
    }
    context.print().administered(cancel ? cancelled() : drained(left));
  }

  private static AdminReport cancelled() {
    return AdminReport.of(
        "The drain is cancelled: the server takes connections again.", "drained", false);
  }

  private static AdminReport drained(Duration left) {
    return AdminReport.of(
        "The server takes no new connection, and ends those there are in "
            + Durations.inSentence(left)
            + ".",
        "drained",
        true);
  }

  /** A time that may be zero, up to a day. */
  static final class OfLimit implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Converters.converted(text, OfLimit::limited);
    }

    private static Duration limited(String text) {
      Duration limit = DurationText.parse(text);
      if (limit.compareTo(WireLimits.MAX_DRAIN) > 0) {
        throw new IllegalArgumentException("'" + text + "' is longer than a day: give 24h or less");
      }
      return limit;
    }
  }
}
