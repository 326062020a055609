package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TicketPages;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.TicketFields;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.DetailsCursor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The verb {@code show}. */
@Command(
    name = "show",
    description = {
      "Show tickets with all of their comments.",
      "With several each is looked for on its own, and the exit code is that of the first failure."
    },
    customSynopsis = "billets show REF… [--field NAME] [--history] [--fresh]",
    footer = {
      "  billets show 17",
      "  billets show 17 --field lock.holder",
      "  billets show 17 18 19 --field title",
      "  billets show 17 --history -o json"
    })
public final class ShowCommand implements Verb {
  @Parameters(
      arity = "1..*",
      paramLabel = "REF",
      description = "The tickets: 17 or '#17', a UUID, or the first 4 or more of one.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      converter = OfField.class,
      description = "Print this value alone, of several tickets a line each: title, lock.holder, …")
  String field;

  @Option(names = "--history", description = "Show every event too.")
  boolean history;

  @Mixin FreshOption fresh;

  @Override
  public void run(CommandContext context) {
    if (field != null && history) {
      throw new UsageException("--field prints one value alone: it does not go with --history");
    }
    List<TicketRef> refs = TypedRefs.parse(words);
    fresh.apply(context);
    if (field == null) {
      showWhole(refs, context);
    } else {
      showField(refs, context);
    }
  }

  private void showWhole(List<TicketRef> refs, CommandContext context) {
    EachTicket<TicketReport> each =
        EachTicket.of(refs, ref -> TicketPages.read(context.service(), ref, history));
    context.print().shown(each.done(), refs.size() > 1);
    each.throwFailures();
  }

  private void showField(List<TicketRef> refs, CommandContext context) {
    EachTicket<Ticket> each =
        EachTicket.of(
            refs, ref -> context.service().details(ref, false, DetailsCursor.NEWEST).ticket());
    context.print().fields(each.done(), field, refs.size() > 1);
    each.throwFailures();
  }

  static final class OfField implements Converters.OfWords<String> {
    @Override
    public List<String> words() {
      return TicketFields.NAMES;
    }

    @Override
    public String convert(String text) {
      if (!TicketFields.NAMES.contains(text)) {
        throw new TypeConversionException(
            "a ticket has no field '"
                + text
                + "': use one of "
                + String.join(", ", TicketFields.NAMES));
      }
      return text;
    }
  }
}
