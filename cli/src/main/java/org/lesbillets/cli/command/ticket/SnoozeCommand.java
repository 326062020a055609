package org.lesbillets.cli.command.ticket;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.text.TimeText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code snooze}. */
@Command(
    name = "snooze",
    description = {
      "Let tickets sleep: no claim gets them until they wake.",
      "They wake by themselves, or by billets wake. Needs no lock. TIME is local: 09:00 is the"
          + " next such moment, 'fri 17:00' is within 7 days."
    },
    customSynopsis = "billets snooze REF… --for DUR | --until TIME",
    footer = {
      "  billets snooze 17 --for 2h",
      "  billets snooze 17 18 --until 'tomorrow 9:00'",
      "  billets snooze 17 --until 2030-01-02T09:00"
    })
public final class SnoozeCommand implements Verb {
  @Mixin TypedRefs tickets;

  @Option(
      names = "--for",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "So long from now, as in 30m, 2h, 3d.")
  Duration length;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Until then: 09:00, 'tomorrow 9:00', 'fri 17:00', 2026-12-01T09:00.")
  String until;

  private Instant wakeAt(CommandContext context) {
    if ((length == null) == (until == null)) {
      throw new UsageException("say how long: one of --for 2h and --until 09:00");
    }
    try {
      return until == null
          ? context.now().plus(length).truncatedTo(ChronoUnit.MILLIS)
          : TimeText.parse(until, context.clock());
    } catch (DateTimeException | ArithmeticException e) {
      throw new UsageException("--for: that is too long");
    } catch (IllegalArgumentException e) {
      throw new UsageException("--until: " + e.getMessage());
    }
  }

  @Override
  public void run(CommandContext context) {
    TicketPatch patch = TicketPatch.of(TicketField.WAKE_AT, wakeAt(context));
    List<EventMessage> done =
        EachTicket.change(
            tickets.refs(), ref -> new ClientMessage.UpdateTicket(ref, patch, null), context);
    for (EventMessage one : done) {
      Ticket ticket = one.event().event().ticket();
      if (!ticket.isAsleep()) {
        String why = ticket.isOpen() ? "that time is past" : "it is closed, so reopen it first";
        context.console().sayAsPlainText("#" + ticket.number() + " is awake: " + why + ".");
      }
    }
  }
}
