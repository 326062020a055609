package org.lesbillets.server.journal;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.SequencedEvent;

/**
 * How an imported ticket came.
 *
 * @param event the TicketCreated, whole
 * @param comments that came with it, oldest first
 */
public record Imported(SequencedEvent event, List<Comment> comments) {
  public Imported {
    comments = List.copyOf(comments);
  }
}
