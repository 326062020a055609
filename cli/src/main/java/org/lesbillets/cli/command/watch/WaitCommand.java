package org.lesbillets.cli.command.watch;

import java.time.Duration;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code wait}. */
@Command(
    name = "wait",
    description = {
      "Wait until a ticket is unlocked, locked, open or closed.",
      "Returns at once when it is already. Takes no lock: to be next in line, use lock --wait."
    },
    customSynopsis = "billets wait REF --for unlocked|locked|open|closed [--within DUR]",
    footer = {
      "  billets wait 17 --for closed && notify-send 'Ticket 17 is done'",
      "  billets wait 17 --for unlocked --within 10m"
    })
public final class WaitCommand implements Verb {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Option(
      names = "--for",
      paramLabel = "STATE",
      required = true,
      converter = OfState.class,
      description = "unlocked, locked, open or closed.")
  TicketState state;

  @Option(
      names = "--within",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "Give up after this time, with exit code 7.")
  Duration within;

  @Override
  public void run(CommandContext context) {
    ConnectionStatusPrinter status = ConnectionStatusPrinter.ofAnother(context.console());
    Ticket ticket = new TicketWait(context.service(), status, state).await(ref, within);
    if (!state.isTrueOf(ticket)) {
      throw new WaitOverException(
          "ticket "
              + ticket.number()
              + " was not "
              + state.wireName()
              + " within "
              + DurationText.format(within)
              + ": look at it, or wait longer");
    }
    context.print().reached(ticket, state.wireName());
  }

  static final class OfState extends Converters.OfEnum<TicketState> {
    OfState() {
      super(TicketState.values(), TicketState::wireName);
    }
  }
}
