package org.lesbillets.cli.command.edit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.field.TicketContent;

/**
 * The snapshot of a ticket that a draft was made from.
 *
 * @param revision the ticket's changedRevision
 * @param content what people wrote into the ticket; what else it counts is left out
 */
public record DraftBase(TicketId id, long number, long revision, TicketContent content) {
  private static final Pattern FORM =
      Pattern.compile(
          "ticket: ([0-9a-f-]{36})\nnumber: (\\d{1,18})\nrevision: (\\d{1,18})\n(.*)",
          Pattern.DOTALL);

  /** What a program wrote names agents and moments as they are. */
  private static final Typist NOBODY =
      new Typist(new AgentName("nobody"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  public static DraftBase of(Ticket ticket) {
    return new DraftBase(
        ticket.id(), ticket.number(), ticket.changedRevision(), ticket.content().edited());
  }

  /** The form it is kept in on disk. */
  String text() {
    String head = "ticket: " + id + "\nnumber: " + number + "\nrevision: " + revision + "\n";
    return head + TicketTemplate.bare(content);
  }

  /**
   * @throws TemplateException if the text does not have the form of {@link #text}
   */
  static DraftBase parse(String text) throws TemplateException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TemplateException("this is not what a draft was made from");
    }
    return new DraftBase(
        TicketId.of(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        TicketTemplate.stored(matcher.group(4), NOBODY));
  }
}
