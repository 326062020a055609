package org.lesbillets.cli.command.edit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/** The patch between two contents of a ticket. Pure. */
public final class ContentPatch {
  private ContentPatch() {}

  /** Of what people write; the order of tags cannot be changed, and so makes no difference. */
  public static TicketPatch between(TicketContent before, TicketContent after) {
    TicketPatch patch = TicketPatch.NOTHING;
    for (TicketField<?> field : TicketField.EDITED) {
      if (field != TicketField.TAGS && !after.agrees(before, field)) {
        patch = patch.copying(field, after);
      }
    }
    return patch.withTags(
        without(after.tags(), before.tags()), without(before.tags(), after.tags()));
  }

  private static List<String> without(List<String> tags, List<String> others) {
    return tags.stream().filter(tag -> !others.contains(tag)).toList();
  }

  /**
   * As {@link #between}, held to what the protocol allows, as far as that can be known here.
   *
   * @throws TemplateException if the new content is beyond a limit, or has lines in its description
   *     that mark a conflict
   */
  public static TicketPatch checked(TicketContent before, TicketContent after)
      throws TemplateException {
    TicketPatch patch = between(before, after);
    if (!patch.addTags().isEmpty() && after.tags().size() > WireLimits.TAGS) {
      throw new TemplateException("there are more than " + WireLimits.TAGS + " tags: remove some");
    }
    Set<String> markers = new TreeSet<>(Diff3Merge.MARKERS);
    markers.removeAll(before.description().lines().toList());
    markers.retainAll(after.description().lines().toList());
    if (!markers.isEmpty()) {
      throw new TemplateException(
          "the description still has the line '"
              + markers.iterator().next()
              + "': choose between the versions there, and remove the lines that mark them");
    }
    readAsTheServerDoes(
        new ClientMessage.UpdateTicket(TicketRef.of(1), patch, null).identified("1", null));
    return patch;
  }

  /**
   * The content of a new ticket, held to what the protocol allows.
   *
   * @throws TemplateException if it is beyond a limit, or has no title
   */
  public static TicketContent checkedNew(TicketContent content) throws TemplateException {
    readAsTheServerDoes(new ClientMessage.CreateTicket("1", null, content));
    return content;
  }

  /**
   * A comment, held to what the protocol allows.
   *
   * @throws TemplateException if it is too long, or has control characters in it
   */
  public static ClientMessage.CommentTicket checkedComment(TicketRef ticket, String text)
      throws TemplateException {
    readAsTheServerDoes(new ClientMessage.CommentTicket("1", null, ticket, text));
    return new ClientMessage.CommentTicket(ticket, text);
  }

  private static void readAsTheServerDoes(ClientMessage message) throws TemplateException {
    try {
      MessageCodec.decodeClientMessage(MessageCodec.encode(message));
    } catch (WireFormatException e) {
      throw new TemplateException(
          e.getMessage().replaceFirst("(changes|ticket)\\.", "").replaceFirst("addTags", "tags"));
    }
  }
}
