package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.AmbientLockToken;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code update}; with {@code --if-revision} under optimistic concurrency. */
@Command(
    name = "update",
    description = {
      "Change fields of tickets, all of a ticket's in one step.",
      "An empty value clears. With several tickets each is changed on its own, and the exit code is"
          + " that of the first failure; one that is named twice is changed once."
    },
    customSynopsis = "billets update REF… [--title T] [--assignee A] [options]",
    footer = {
      "  billets update 17 --priority high --assignee bob",
      "  billets update 17 --assignee '' --add-tag waiting",
      "  billets update 18 19 20 --add-tag waiting",
      "  billets update 17 --status closed --token \"$token\" --unlock"
    })
public final class UpdateCommand implements Verb {
  @Mixin TypedRefs tickets;

  @Option(names = "--title", paramLabel = "T", description = "One line.")
  String title;

  @Option(
      names = "--description",
      paramLabel = "D",
      description = "What it is about; - reads standard input.")
  String description;

  @Option(
      names = "--status",
      paramLabel = "S",
      converter = Converters.OfStatus.class,
      description = "open or closed.")
  TicketStatus status;

  @Mixin FieldOptions fields;

  @Option(names = "--add-tag", paramLabel = "T", description = "May be given again.")
  List<String> addTags = new ArrayList<>();

  @Option(names = "--remove-tag", paramLabel = "T", description = "May be given again.")
  List<String> removeTags = new ArrayList<>();

  @Option(
      names = "--token",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Only under this lock. Else BILLETS_LOCK_TOKEN for BILLETS_TICKET.")
  Long token;

  @Option(
      names = "--if-revision",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Only if nobody changed it after this revision.")
  Long ifRevision;

  @Option(names = "--unlock", description = "Release the lock in the same step.")
  boolean unlock;

  private TicketPatch patch(CommandContext context) {
    return fields
        .patch(context)
        .withIfAny(TicketField.TITLE, title)
        .withIfAny(TicketField.DESCRIPTION, context.text(description, "description"))
        .withIfAny(TicketField.STATUS, status)
        .withTags(addTags, removeTags);
  }

  @Override
  public void run(CommandContext context) {
    List<TicketRef> refs = tickets.refs();
    AmbientLockToken.checkOneTicket(token, refs);
    for (String tag : addTags) {
      if (removeTags.contains(tag)) {
        throw new UsageException("--add-tag and --remove-tag both name '" + tag + "': give one");
      }
    }
    TicketPatch patch = patch(context);
    if (patch.isNothing() && !unlock) {
      throw new UsageException("say what to change, for instance --priority high");
    }
    EachTicket.change(
        refs,
        ref ->
            new ClientMessage.UpdateTicket(ref, patch, AmbientLockToken.token(token, ref, context))
                .onlyAt(ifRevision)
                .unlocking(unlock),
        context);
  }
}
