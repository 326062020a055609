package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.lesbillets.cli.command.ColumnOptions;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.IdPrinter;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.table.ColumnPrinter;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.query.TicketOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code list}. */
@Command(
    name = "list",
    description = {
      "List the tickets that match.",
      "By number, unless told otherwise; nothing is hidden."
    },
    customSynopsis = {
      "billets list [QUERY…] [--sort [-]FIELD] [--limit N] [--fresh]",
      "                    [--fields FIELD,…] [--empty WORD]"
    },
    footer = {
      "  billets list",
      "  billets list status:open assignee:none --sort -priority",
      "  billets list holder:me -o id",
      "  billets list --fields number,assignee,tags,title --empty -"
    })
public final class ListCommand implements Verb {
  @Mixin QueryWords query;

  @Option(
      names = "--sort",
      paramLabel = "[-]FIELD",
      converter = OfOrder.class,
      description = "number, created, updated, priority, title or assignee (number); - reverses.")
  TicketOrder order;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "The first N only; says so when there are more.")
  Integer limit;

  @Mixin FreshOption fresh;

  @Mixin ColumnOptions columns;

  TicketSelection selection() {
    return new TicketSelection(query.query(), order, limit);
  }

  @Override
  public void run(CommandContext context) {
    fresh.apply(context);
    Map<String, String> chosen = columns.ofTickets(context);
    if (chosen != null) {
      columns(chosen, context);
    } else if (context.format() == OutputFormat.ID) {
      numbers(context);
    } else {
      AllTickets found = context.service().tickets(selection());
      columns.usual(context).listed(found.tickets());
      cut(found.tickets().size(), found.total(), context);
    }
  }

  private void columns(Map<String, String> chosen, CommandContext context) {
    List<ListedFields.Row> rows = new ArrayList<>();
    long total =
        context.service().rows(selection(), ColumnPrinter.projection(chosen), rows::addAll);
    if (rows.isEmpty()) {
      columns.usual(context).listed(List.of());
    } else {
      columns.of(chosen, context).rows(rows);
    }
    cut(rows.size(), total, context);
  }

  /** Nothing is printed before all is there: a list that failed half-way looks like a whole one. */
  private void numbers(CommandContext context) {
    List<Long> numbers = new ArrayList<>();
    long total =
        context
            .service()
            .rows(
                selection(),
                Projection.of(List.of()),
                rows -> rows.forEach(row -> numbers.add(row.number())));
    IdPrinter printer = new IdPrinter(context.console());
    numbers.forEach(printer::number);
    cut(numbers.size(), total, context);
  }

  private static void cut(long shown, long total, CommandContext context) {
    if (shown < total) {
      context.console().say("showing " + shown + " of " + total);
    }
  }

  static final class OfOrder implements Converters.OfWords<TicketOrder> {
    @Override
    public List<String> words() {
      List<String> fields =
          Arrays.stream(TicketOrder.Field.values()).map(TicketOrder.Field::wireName).toList();
      return Stream.concat(fields.stream(), fields.stream().map("-"::concat)).toList();
    }

    @Override
    public TicketOrder convert(String text) {
      return Converters.converted(text.toLowerCase(Locale.ROOT), TicketOrder::parse);
    }
  }
}
