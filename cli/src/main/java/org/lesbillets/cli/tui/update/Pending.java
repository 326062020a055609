package org.lesbillets.cli.tui.update;

import org.lesbillets.model.TicketId;

/**
 * Something that was asked for and has not come yet.
 *
 * @param ticket which one it is about, or null
 * @param words what is done, for people: {@code locking #17}; null where nobody need wait for it
 * @param done what is to be said when it is done; null where the event says it
 */
record Pending(long id, Deed deed, TicketId ticket, String words, String done, long sinceNanos) {

  /** It takes longer than a moment: when it is done, that is worth more than a word. */
  Pending waiting() {
    return new Pending(id, deed, ticket, words, null, sinceNanos);
  }
}
