package org.lesbillets.cli.tui.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * A ticket on the detail screen: its comments and its history as far as they are loaded, and the
 * scroll position. Pages and events overlap; both are merged by id. Immutable; bounded by the pages
 * a person has scrolled through.
 *
 * @param comments the oldest first
 * @param history the oldest first
 * @param loading whether a page is being fetched
 * @param more whether older pages exist
 * @param top the first visible line
 * @param trouble why the last fetch failed, or null
 */
public record DetailView(
    TicketId ticket,
    List<Comment> comments,
    List<SequencedEvent> history,
    boolean loading,
    boolean more,
    int top,
    String trouble) {
  public DetailView {
    comments = List.copyOf(comments);
    history = List.copyOf(history);
  }

  /** A ticket whose newest page is being fetched. */
  public static DetailView of(TicketId ticket) {
    return new DetailView(ticket, List.of(), List.of(), true, false, 0, null);
  }

  /**
   * With a page: the newest, or the one before those loaded. A newest page that does not overlap
   * what is loaded replaces it, since events between them are missing.
   */
  public DetailView with(TicketDetails page) {
    List<SequencedEvent> events = page.history() == null ? List.of() : page.history();
    boolean whole = meets(history, events, SequencedEvent::revision);
    List<Comment> said =
        whole || meets(comments, page.comments(), Comment::id)
            ? comments
            : newer(comments, page.comments(), Comment::id);
    List<SequencedEvent> done = whole ? history : newer(history, events, SequencedEvent::revision);
    return new DetailView(
        ticket,
        merged(said, page.comments(), Comment::id),
        merged(done, events, SequencedEvent::revision),
        false,
        page.more(),
        top,
        null);
  }

  /** Whether a page overlaps what is loaded, so that there is no gap between them. */
  private static <T> boolean meets(List<T> known, List<T> page, ToLongFunction<T> place) {
    Set<Long> ids = page.stream().map(place::applyAsLong).collect(Collectors.toSet());
    return page.isEmpty() || known.stream().map(place::applyAsLong).anyMatch(ids::contains);
  }

  /** The loaded items that are newer than a page: events that arrived while it was fetched. */
  private static <T> List<T> newer(List<T> known, List<T> page, ToLongFunction<T> place) {
    long last = page.stream().mapToLong(place).max().orElse(0);
    return known.stream().filter(item -> place.applyAsLong(item) > last).toList();
  }

  /** With an event. */
  public DetailView with(SequencedEvent event) {
    List<Comment> said =
        event.event().comment() == null
            ? comments
            : merged(comments, List.of(event.event().comment()), Comment::id);
    return new DetailView(
        ticket,
        said,
        merged(history, List.of(event), SequencedEvent::revision),
        loading,
        more,
        top,
        trouble);
  }

  private static <T> List<T> merged(List<T> one, List<T> other, ToLongFunction<T> place) {
    Map<Long, T> merged = new TreeMap<>();
    one.forEach(item -> merged.putIfAbsent(place.applyAsLong(item), item));
    other.forEach(item -> merged.putIfAbsent(place.applyAsLong(item), item));
    return List.copyOf(merged.values());
  }

  public DetailView asked() {
    return new DetailView(ticket, comments, history, true, more, top, null);
  }

  public DetailView failed(String sentence) {
    return new DetailView(ticket, comments, history, false, more, top, sentence);
  }

  public DetailView at(int line) {
    return new DetailView(ticket, comments, history, loading, more, Math.max(0, line), trouble);
  }

  /** Where older pages begin. */
  public DetailsCursor oldest() {
    Long event = history.isEmpty() ? null : Long.valueOf(history.get(0).revision());
    Long comment = comments.isEmpty() ? null : Long.valueOf(comments.get(0).id());
    return new DetailsCursor(event, comment);
  }
}
