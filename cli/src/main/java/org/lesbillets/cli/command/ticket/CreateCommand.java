package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin NewTicketOptions options;

  @Mixin FieldOptions fields;

  ClientMessage.CreateTicket change(CommandContext context) {
    return new ClientMessage.CreateTicket(
        null, options.operationId, options.content(title, fields, context));
  }

  @Override
  public void run(CommandContext context) {
    context.print().created(context.service().change(change(context)));
  }
}
