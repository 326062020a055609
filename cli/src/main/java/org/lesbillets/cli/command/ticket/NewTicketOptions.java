package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of verbs that create a ticket, beside its {@link FieldOptions}. */
final class NewTicketOptions {
  @Option(
      names = "--description",
      paramLabel = "D",
      description = "What it is about; - reads standard input, of which the last 64 KiB are kept.")
  String description;

  @Option(names = "--tag", paramLabel = "T", description = "A tag; may be given again.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--operation-id",
      paramLabel = "UUID",
      converter = OfUuid.class,
      description = "Makes it safe to run this again: the same id has one effect.")
  UUID operationId;

  /** Whether one of them was typed. */
  boolean isGiven() {
    return description != null || !tags.isEmpty() || operationId != null;
  }

  /** The new ticket; reads standard input where an option says so. */
  TicketContent content(String title, FieldOptions fields, CommandContext context) {
    String typed = context.text(description, "description");
    return TicketContent.titled(title)
        .with(TicketField.DESCRIPTION, typed == null ? "" : typed)
        .patched(fields.patch(context))
        .with(TicketField.TAGS, tags.stream().distinct().toList());
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
