package org.lesbillets.cli.command.ticket;

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
      "billets list [QUERY…] [--sort [-]FIELD] [--limit N]",
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

  @Mixin ColumnOptions columns;

  TicketSelection selection() {
    return new TicketSelection(query.query(), order, limit);
  }

  @Override
  public void run(CommandContext context) {
    TicketSelection selection = selection();
    Map<String, String> chosen = columns.ofTickets(context);
    AllTickets found = context.service().tickets(selection);
    if (chosen == null || found.tickets().isEmpty()) {
      columns.usual(context).listed(found.tickets());
    } else {
      columns.of(chosen, context).tickets(found.tickets());
    }
    if (found.tickets().size() < found.total()) {
      context.console().say("showing " + found.tickets().size() + " of " + found.total());
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
