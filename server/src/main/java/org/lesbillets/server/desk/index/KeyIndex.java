package org.lesbillets.server.desk.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
 * <p>Of a key only the ticket that was closed last counts: the one before it is that again only
 * after this one was opened, and then the key has an open ticket. Bounded by the tickets with a
 * key: one entry per key once a ticket of it was closed since the start, until then one per closed
 * ticket; 32 bytes per open ticket that was commented on. No look-up reads more than a few.
 */
public final class KeyIndex {
  /** Bound on the tickets that one look-up asks about. */
  private static final int MAX_UNKNOWN = 16;

  private final TicketBook book;
  private final Map<String, Closings> closings = new HashMap<>();
  private final Map<TicketId, byte[]> newestComments = new HashMap<>();
  private long redactions;

  /** A closed ticket, and when it was last updated: at its closing, or later. */
  private record Closed(Instant updated, TicketId ticket) {
    static final Comparator<Closed> LATEST_FIRST =
        Comparator.comparing(Closed::updated).reversed().thenComparing(Closed::ticket);

    static Closed of(Ticket ticket) {
      return new Closed(ticket.updated().at(), ticket.id());
    }
  }

  /** The closed tickets of a key. */
  private static final class Closings {
    /** Those of which it is not known when they were closed. */
    private final TreeSet<Closed> unknown = new TreeSet<>(Closed.LATEST_FIRST);

    /** The last of the others, and when it was closed; null if there is none. */
    private TicketId last;

    private Instant lastAt;

    void note(TicketId ticket, Instant at) {
      if (last == null || at.isAfter(lastAt)) {
        last = ticket;
        lastAt = at;
      }
    }

    void opened(TicketId ticket) {
      if (ticket.equals(last)) {
        last = null;
        lastAt = null;
      }
    }
  }

  /**
   * The ticket of a key that was closed last, since some time.
   *
   * @param ticket empty if there is none
   * @param unknown some candidates of which it is not known when they were closed; while there are
   *     any, the ticket does not count
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
      closings(ticket).unknown.add(Closed.of(ticket));
    }
  }

  private Closings closings(Ticket ticket) {
    return closings.computeIfAbsent(ticket.content().key(), key -> new Closings());
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
      closings(after).note(after.id(), after.updated().at());
    } else if (before != null && before.isOpen() != after.isOpen()) {
      openedOrClosed(event, before, after);
    } else if (!after.isOpen() && closings(after).unknown.remove(Closed.of(before))) {
      closings(after).unknown.add(Closed.of(after));
    }
  }

  private void noteComment(Ticket ticket, Comment comment) {
    if (ticket.isOpen()) {
      newestComments.put(ticket.id(), digest(comment.text()));
    } else {
      newestComments.remove(ticket.id());
    }
  }

  private void openedOrClosed(WireEvent event, Ticket before, Ticket after) {
    if (after.isOpen()) {
      closings(after).unknown.remove(Closed.of(before));
      closings(after).opened(after.id());
    } else {
      newestComments.remove(after.id());
      closings.remove(after.content().key());
      closings(after).note(after.id(), event.at());
    }
  }

  /**
   * The ticket with the key that was closed last, if that was after {@code since}. Nothing happens
   * to a ticket but what moves its time of update, or comes later: one that was not updated since
   * was not closed since.
   */
  public LastClosed lastClosed(String key, Instant since) {
    Closings all = closings.get(key);
    if (all == null) {
      return LastClosed.NONE;
    }
    boolean counts = all.last != null && all.lastAt.isAfter(since);
    Instant from = counts ? all.lastAt : since;
    List<Ticket> unknown =
        all.unknown.stream()
            .limit(MAX_UNKNOWN)
            .takeWhile(closed -> closed.updated.isAfter(from))
            .map(closed -> book.find(closed.ticket).orElseThrow())
            .toList();
    return new LastClosed(counts ? book.find(all.last) : Optional.empty(), unknown);
  }

  /** How many redactions it has followed: what was read from the journal before one may be old. */
  public long redactions() {
    return redactions;
  }

  /** Takes from the journal when a ticket was closed, unless something happened to it since. */
  public void learnClosing(Ticket ticket, Instant at) {
    Closings all = closings(ticket);
    if (all.unknown.remove(Closed.of(book.find(ticket.id()).orElseThrow()))) {
      all.note(ticket.id(), at);
    }
  }

  /** Whether it is known what the newest comment of a ticket says. */
  public boolean knowsNewestComment(Ticket ticket) {
    return ticket.commentCount() == 0 || newestComments.containsKey(ticket.id());
  }

  /** Takes the newest comment from the journal, unless a newer one is known or not yet here. */
  public void learnNewestComment(TicketId ticket, Comment newest) {
    if (newest.id() <= book.find(ticket).orElseThrow().commentCount()) {
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
