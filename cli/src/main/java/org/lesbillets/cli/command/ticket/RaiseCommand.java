package org.lesbillets.cli.command.ticket;

import java.time.Duration;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code raise}. */
@Command(
    name = "raise",
    description = {
      "Report a trouble: one open ticket for each key.",
      "The first report creates the ticket; others count it up, whoever holds its lock, and take"
          + " nothing from the other options. Prints its number. With --resolve the open ticket is"
          + " closed; with none open that is done already."
    },
    customSynopsis = {
      "billets raise --key K --title T [--text T] [options]",
      "       billets raise --key K --resolve [--text T]"
    },
    footer = {
      "  billets raise --key disk:/var@db-1 --title 'Disk full' --text 'No space'",
      "  billets raise --key backup --title 'No backup' --reopen-within 1d",
      "  billets raise --key disk:/var@db-1 --resolve --text 'Cleaned up'",
      "  billets list key:backup"
    })
public final class RaiseCommand implements Verb {
  @Option(
      names = "--key",
      paramLabel = "K",
      required = true,
      converter = OfKey.class,
      description = "What the trouble is called: 1 to 100 of A-Z a-z 0-9 . _ : / @ -")
  String key;

  @Option(names = "--title", paramLabel = "T", description = "Of the ticket, if it is created.")
  String title;

  @Mixin NewTicketOptions options;

  @Mixin FieldOptions fields;

  @Option(
      names = "--text",
      paramLabel = "T",
      description = "A comment, unless the newest one says the same; - reads standard input.")
  String text;

  @Option(
      names = "--reopen-within",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "Reopen the ticket of the key that was closed last, if that was less ago.")
  Duration reopenWithin;

  @Option(names = "--resolve", description = "The trouble is over: close its ticket.")
  boolean resolve;

  @Override
  public void run(CommandContext context) {
    if (resolve) {
      checkAlone();
      resolve(context);
    } else if (title == null) {
      throw new UsageException("--title is missing: say what the trouble is, or --resolve it");
    } else {
      context.print().created(context.service().change(raise(context)));
    }
  }

  private ClientMessage.RaiseTicket raise(CommandContext context) {
    TicketContent content = options.content(title, fields, context);
    return new ClientMessage.RaiseTicket(
        null, options.operationId, key, content, said(context), reopenWithin);
  }

  private String said(CommandContext context) {
    if ("-".equals(text) && "-".equals(options.description)) {
      throw new UsageException("standard input can be read once: for --text or --description");
    }
    String said = context.text(text, "comment");
    return said == null || said.isBlank() ? null : said;
  }

  private void checkAlone() {
    boolean more = title != null || reopenWithin != null || options.isGiven() || fields.isGiven();
    if (more) {
      throw new UsageException("--resolve closes the ticket: beside it stands only --text");
    }
  }

  private void resolve(CommandContext context) {
    EventMessage closed;
    try {
      closed =
          context
              .service()
              .change(
                  new ClientMessage.UpdateTicket(
                      new TicketRef.ByKey(key),
                      TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED),
                      null));
    } catch (RejectedException e) {
      if (e.code() != RejectionCode.NOT_FOUND) {
        throw e;
      }
      context.console().sayAsPlainText("No open ticket has the key " + key + ": nothing to do.");
      return;
    }
    String said = said(context);
    TicketRef ref = TicketRef.of(closed.event().event().ticket().number());
    context
        .print()
        .created(
            said == null
                ? closed
                : context.service().change(new ClientMessage.CommentTicket(ref, said)));
  }

  /** A key, checked before anything is sent. */
  static final class OfKey implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Converters.converted(text, typed -> checked(typed));
    }

    private static String checked(String typed) {
      if (!TicketRef.ByKey.isKey(typed)) {
        throw new IllegalArgumentException("'" + typed + "' must be " + TicketRef.ByKey.RULE);
      }
      return typed;
    }
  }
}
