package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The verb {@code create}; idempotent under {@code --operation-id}. */
@Command(
    name = "create",
    description = "Create a ticket and print its number.",
    customSynopsis = "billets create --title T [--description D] [options]",
    footer = {
      "  billets create --title 'Printer on fire' --priority urgent --tag printer",
      "  dmesg | billets create --title 'Disk errors' --description - --assignee me"
    })
public final class CreateCommand implements Verb {
  @Option(names = "--title", paramLabel = "T", required = true, description = "One line.")
  String title;

  @Option(
      names = "--description",
      paramLabel = "D",
      description = "What it is about; - reads standard input, of which the last 64 KiB are kept.")
  String description = "";

  @Mixin FieldOptions fields;

  @Option(names = "--tag", paramLabel = "T", description = "A tag; may be given again.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--operation-id",
      paramLabel = "UUID",
      converter = OfUuid.class,
      description = "Makes it safe to run this again: the same id creates one ticket.")
  UUID operationId;

  ClientMessage.CreateTicket change(CommandContext context) {
    return new ClientMessage.CreateTicket(
        null,
        operationId,
        TicketContent.titled(title)
            .with(TicketField.DESCRIPTION, context.text(description, "description"))
            .patched(fields.patch(context))
            .with(TicketField.TAGS, tags.stream().distinct().toList()));
  }

  @Override
  public void run(CommandContext context) {
    context.print().created(context.service().change(change(context)));
  }

  static final class OfUuid implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
      if (!text.matches(Converters.UUID_TEXT)) {
        throw new TypeConversionException("'" + text + "' is no UUID of 36 characters");
      }
      return UUID.fromString(text);
    }
  }
}
