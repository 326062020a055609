package org.lesbillets.cli.command.ticket;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.Priority;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import picocli.CommandLine.Option;

/** The fields that are written alike when a ticket is created and when it is updated. */
final class FieldOptions {
  @Option(
      names = "--priority",
      paramLabel = "P",
      converter = Converters.OfPriority.class,
      description = "low, normal, high or urgent.")
  Priority priority;

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

  /** Whether one of them was typed. */
  boolean isGiven() {
    return priority != null || assignee != null || requester != null || reference != null;
  }

  /** What they change; an empty value clears. */
  TicketPatch patch(CommandContext context) {
    TicketPatch patch = TicketPatch.NOTHING.withIfAny(TicketField.PRIORITY, priority);
    if (assignee != null) {
      patch = patch.with(TicketField.ASSIGNEE, context.agent(assignee));
    }
    return typed(typed(patch, TicketField.REQUESTER, requester), TicketField.REFERENCE, reference);
  }

  private static <T> TicketPatch typed(TicketPatch patch, TicketField<T> field, String typed) {
    return typed == null ? patch : patch.with(field, field.type().parse(typed));
  }
}
