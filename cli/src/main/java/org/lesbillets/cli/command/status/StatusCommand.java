package org.lesbillets.cli.command.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The verb {@code status}: counts for a prompt, from the cache while it is fresh. */
@Command(
    name = "status",
    description = {
      "How many tickets are open, are mine, are locked by me, and the shortest time left.",
      "For prompts and status lines: an answer is kept for --max-age, so that most of them ask"
          + " nobody; for 5s, that the server is away. Any other verb that has talked to it has"
          + " the next status ask again. Without --timeout the server gets 1s,"
          + " and so does a token_command.",
      "",
      "In TEMPLATE stand {open}, {mine} (open, and mine to do), {locked} (by me), {left} (of the"
          + " lock that ends first) and {number} (its ticket), {agent}, and {age} (of the answer);"
          + " {{ and }} are braces."
    },
    customSynopsis = {
      "billets status [--format TEMPLATE [--fallback TEXT]]",
      "                      [--max-age DUR]"
    },
    footer = {
      "  billets status",
      "  PS1='$(billets status --format \"{mine}/{open} {left}\" --fallback \"-\") \\$ '",
      "  billets status --max-age 0s --format '{locked}' || echo 'nobody knows'"
    })
public final class StatusCommand implements Verb {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Option(
      names = "--format",
      paramLabel = "TEMPLATE",
      converter = OfTemplate.class,
      description = "Print this, filled in, and nothing else.")
  StatusTemplate template;

  @Option(
      names = "--fallback",
      paramLabel = "TEXT",
      description = "Print this when the server cannot be asked, and end with 0.")
  String fallback;

  @Option(
      names = "--max-age",
      paramLabel = "DUR",
      converter = OfAge.class,
      description = "How old an answer may be (30s); 0s always asks.")
  Duration maxAge = Duration.ofSeconds(30);

  @Override
  public void run(CommandContext context) {
    if (fallback != null && template == null) {
      throw new UsageException("--fallback stands in for a --format: give both, or neither");
    }
    if (template != null && context.format() != null) {
      throw new UsageException("--format is an output format of its own: leave out --output");
    }
    KnownStatus known = known(context);
    if (template == null) {
      context.print().status(known.orFail());
    } else if (known.report() == null && fallback != null) {
      context.console().printLine(fallback);
    } else {
      context.console().printLine(template.filled(known.orFail()));
    }
  }

  private KnownStatus known(CommandContext context) {
    ClientSettings connection = context.settings().connection();
    StatusCache cache =
        new StatusCache(
            StatusCache.folder(context.folders()),
            connection.servers() + " " + connection.token().identity(),
            context.clock());
    KnownStatus kept = maxAge.isZero() ? null : cache.fresh(maxAge);
    if (kept != null) {
      return kept;
    }
    KnownStatus asked = asked(context);
    cache.keep(asked);
    return asked;
  }

  private static KnownStatus asked(CommandContext context) {
    try (TicketService service = context.briefService(PATIENCE)) {
      long open = service.count(TicketSelection.of("status:open"));
      long mine = service.count(TicketSelection.of("status:open assignee:me"));
      List<StatusReport.HeldTicket> held = new ArrayList<>();
      service.rows(
          TicketSelection.of("status:locked holder:me"),
          Projection.of(List.of("lock")),
          rows -> rows.forEach(row -> add(row, held)));
      return KnownStatus.of(
          new StatusReport(service.me(), new StatusReport.Counts(open, mine), held, Duration.ZERO));
    } catch (ConnectionException e) {
      return KnownStatus.of(e);
    }
  }

  private static void add(ListedFields.Row row, List<StatusReport.HeldTicket> held) {
    ListedFields.Row lock = row.lock();
    if (lock != null) {
      Duration left = Duration.ofMillis(lock.integer("expiresInMillis"));
      held.add(new StatusReport.HeldTicket(row.number(), left));
    }
  }

  static final class OfTemplate implements ITypeConverter<StatusTemplate> {
    @Override
    public StatusTemplate convert(String text) {
      return Converters.converted(text, StatusTemplate::parse);
    }
  }

  /** How old something may be; 0 is an age. */
  static final class OfAge implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Converters.converted(text, DurationText::parse);
    }
  }
}
