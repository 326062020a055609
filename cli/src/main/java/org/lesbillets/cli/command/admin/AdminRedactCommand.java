package org.lesbillets.cli.command.admin;

import java.time.Duration;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The verb {@code admin redact}: removes a text for good. */
@Command(
    name = "redact",
    description = {
      "Remove a text of a ticket for good, from its history too.",
      "When this returns, what the field ever said, or the comment, is in no file of the server's"
          + " data directory; the history says who removed it, when and why. It rewrites the"
          + " journal, for which other changes wait: 10 to 40 s a GiB. No lock is in its way."
          + " Backups are not touched, nor is what clients have shown or saved."
    },
    customSynopsis = "billets admin redact REF --field NAME | --comment N [--reason T]",
    footer = {
      "  billets admin redact 17 --field description --reason 'held a password'",
      "  billets show 17 -o json | jq '.comments[].id'",
      "  billets admin redact 17 --comment 3"
    })
final class AdminRedactCommand implements Verb {
  /** The limit for rewriting the journal, unless {@code --timeout} says otherwise. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      converter = OfField.class,
      description = "title, description, requester, reference or tags.")
  TicketField<?> field;

  @Option(
      names = "--comment",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "The comment with this id, as show -o json has it.")
  Long comment;

  @Option(names = "--reason", paramLabel = "T", description = "Why, for the history.")
  String reason;

  @Override
  public void run(CommandContext context) {
    if ((field == null) == (comment == null)) {
      throw new UsageException("say what to remove: --field NAME or --comment N, one of the two");
    }
    ClientMessage.RedactTicket redaction =
        new ClientMessage.RedactTicket(
            ref, new Redaction(field, comment), Converters.textOrNull(reason));
    try (TicketService service = context.adminService()) {
      Duration typed = context.flags().timeout();
      EventMessage done = service.change(redaction, typed == null ? PATIENCE : typed);
      context.print().changed(List.of(done), false);
    }
    context.console().say("Backups made before still have it: remove those that may not.");
  }

  /** A field whose text can be removed, which completion can offer. */
  static final class OfField implements Converters.OfWords<TicketField<?>> {
    @Override
    public List<String> words() {
      return Redaction.FIELDS.stream().map(f -> f.wireName()).toList();
    }

    @Override
    public TicketField<?> convert(String text) {
      for (TicketField<?> field : Redaction.FIELDS) {
        if (field.wireName().equals(text)) {
          return field;
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is not one of " + String.join(", ", words()));
    }
  }
}
