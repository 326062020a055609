package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lesbillets.cli.command.Assignees;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.Texts;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.Priority;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Creates a ticket. */
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

  @Option(
      names = "--priority",
      paramLabel = "P",
      converter = Converters.OfPriority.class,
      description = "low, normal, high or urgent.")
  Priority priority = Priority.NORMAL;

  @Option(
      names = "--assignee",
      paramLabel = "A",
      converter = Converters.OfAssignee.class,
      description = "Who is to do it; me for oneself.")
  String assignee;

  @Option(names = "--requester", paramLabel = "R", description = "Who asked.")
  String requester;

  @Option(names = "--reference", paramLabel = "X", description = "A mail, a call, a URL.")
  String reference;

  @Option(names = "--tag", paramLabel = "T", description = "A tag; may be given again.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--operation-id",
      paramLabel = "UUID",
      converter = OfUuid.class,
      description = "Makes it safe to run this again: the same id creates one ticket.")
  UUID operationId;

  ClientMessage.CreateTicket change(CommandContext invocation) {
    return new ClientMessage.CreateTicket(
        null,
        operationId,
        TicketContent.titled(title)
            .with(TicketField.DESCRIPTION, Texts.given(description, "description", invocation))
            .with(TicketField.PRIORITY, priority)
            .with(TicketField.ASSIGNEE, Assignees.named(assignee, invocation))
            .with(TicketField.REQUESTER, Texts.orNull(requester))
            .with(TicketField.REFERENCE, Texts.orNull(reference))
            .with(TicketField.TAGS, tags.stream().distinct().toList()));
  }

  @Override
  public void run(CommandContext invocation) {
    invocation.print().created(invocation.desk().change(change(invocation)));
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
