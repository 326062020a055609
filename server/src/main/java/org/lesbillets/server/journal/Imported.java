package org.lesbillets.server.journal;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The recorded import of a ticket. Immutable.
 *
 * @param event the TicketCreated, with its description
 * @param comments of the same import, oldest first
 */
public record Imported(SequencedEvent event, List<Comment> comments) {
  public Imported {
    comments = List.copyOf(comments);
  }
}
