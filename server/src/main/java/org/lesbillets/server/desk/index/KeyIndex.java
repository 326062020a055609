package org.lesbillets.server.desk.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;

/**
 * What raises ask beside the book: when the closed tickets of a key were closed, and the digest of
 * the newest comment of its open one. What happened before the start is unknown until it is {@link
 * #learnClosing learnt} from the journal. The desk's thread.
 *
 * <p>Bounded by the tickets with a key: one entry per key once a ticket of it was closed since the
 * start, until then one per closed ticket; 32 bytes per open ticket that was commented on.
 */
public final class KeyIndex {
  private static final Instant UNKNOWN = Instant.MAX;

  private final TicketBook book;
  private final Map<String, Map<TicketId, Instant>> closings = new HashMap<>();
  private final Map<TicketId, byte[]> newestComments = new HashMap<>();
  private long redactions;

  /**
   * The ticket of a key that was closed last, since some time.
   *
   * @param ticket empty if there is none
   * @param unknown candidates of which it is not known when they were closed; while there are any,
   *     the ticket does not count
   */
  public record LastClosed(Optional<Ticket> ticket, List<Ticket> unknown) {
    public static final LastClosed NONE = new LastClosed(Optional.empty(), List.of());
  }

  public KeyIndex(TicketBook book) {
    this.book = book;
  }

  /** A ticket of the journal's snapshot. */
  public void load(Ticket ticket) {
    if (ticket.content().key() != null && !ticket.isOpen()) {
      closings(ticket).put(ticket.id(), UNKNOWN);
    }
  }

  private Map<TicketId, Instant> closings(Ticket ticket) {
    return closings.computeIfAbsent(ticket.content().key(), key -> new HashMap<>(2));
  }

  /**
   * Follows an event.
   *
   * @param before the ticket before it, or null
   */
  public void follow(WireEvent event, Ticket before, Ticket after) {
    redactions += event instanceof WireEvent.TicketRedacted ? 1 : 0;
    if (after.content().key() == null) {
      return;
    }
    if (event.comment() != null) {
      noteComment(after, event.comment());
    } else if (event instanceof WireEvent.TicketRedacted) {
      newestComments.remove(after.id());
    }
    if (before == null && !after.isOpen()) {
      closings(after).put(after.id(), after.updated().at());
    } else if (before != null && before.isOpen() != after.isOpen()) {
      openedOrClosed(event, after);
    }
  }

  private void noteComment(Ticket ticket, Comment comment) {
    if (ticket.isOpen()) {
      newestComments.put(ticket.id(), digest(comment.text()));
    } else {
      newestComments.remove(ticket.id());
    }
  }

  /** The ticket closed now is the last: those closed before it never are again. */
  private void openedOrClosed(WireEvent event, Ticket after) {
    if (after.isOpen()) {
      closings(after).remove(after.id());
    } else {
      newestComments.remove(after.id());
      closings(after).clear();
      closings(after).put(after.id(), event.at());
    }
  }

  /**
   * The ticket with the key that was closed last, if that was after {@code since}. Nothing happens
   * to a ticket but what moves its time of update, or comes later: one that was not updated since
   * was not closed since.
   */
  public LastClosed lastClosed(String key, Instant since) {
    Map<TicketId, Instant> all = closings.getOrDefault(key, Map.of());
    List<Ticket> unknown = new ArrayList<>();
    Ticket last = null;
    for (Map.Entry<TicketId, Instant> one : all.entrySet()) {
      Ticket ticket = book.find(one.getKey()).orElseThrow();
      if (one.getValue().equals(UNKNOWN)) {
        if (ticket.updated().at().isAfter(since)) {
          unknown.add(ticket);
        }
      } else if (one.getValue().isAfter(since)
          && (last == null || one.getValue().isAfter(all.get(last.id())))) {
        last = ticket;
      }
    }
    return new LastClosed(Optional.ofNullable(last), unknown);
  }

  /** How many redactions it has followed: what was read from the journal before one may be old. */
  public long redactions() {
    return redactions;
  }

  /** Takes from the journal when a ticket was closed, unless something happened to it since. */
  public void learnClosing(Ticket ticket, Instant at) {
    closings(ticket).replace(ticket.id(), UNKNOWN, at);
  }

  /** Whether it is known what the newest comment of a ticket says. */
  public boolean knowsNewestComment(Ticket ticket) {
    return ticket.commentCount() == 0 || newestComments.containsKey(ticket.id());
  }

  /** Takes the newest comment from the journal, unless a newer one is known or not yet here. */
  public void learnNewestComment(TicketId ticket, Comment newest) {
    long revision = book.find(ticket).orElseThrow().revision();
    if (newest.id() <= revision) {
      newestComments.putIfAbsent(ticket, digest(newest.text()));
    }
  }

  /** Whether the newest comment of a ticket has this text, as far as it is known. */
  public boolean isNewestComment(TicketId ticket, String text) {
    byte[] newest = newestComments.get(ticket);
    return newest != null && Arrays.equals(newest, digest(text));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
