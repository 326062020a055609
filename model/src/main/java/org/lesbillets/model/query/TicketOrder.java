package org.lesbillets.model.query;

import java.util.Comparator;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireNamed;

/**
 * The sort order of a list: by a field, ascending or (written with a leading "-") descending; ties
 * are broken by number, ascending. Tickets without an assignee are last in either direction.
 * Immutable; any thread.
 */
public record TicketOrder(Field field, boolean descending) {

  /** What a list can be sorted by. */
  public enum Field implements WireNamed {
    NUMBER,
    CREATED,
    UPDATED,
    PRIORITY,
    TITLE,
    ASSIGNEE
  }

  /** The default order of a list. */
  public static final TicketOrder BY_NUMBER = new TicketOrder(Field.NUMBER, false);

  /** The order tickets are claimed in: the most urgent first, the oldest of those. */
  public static final TicketOrder MOST_URGENT = new TicketOrder(Field.PRIORITY, true);

  /**
   * Reads {@code number}, {@code -priority}, ….
   *
   * @throws IllegalArgumentException if there is no such field; the message lists those there are
   */
  public static TicketOrder parse(String text) {
    boolean descending = text.startsWith("-");
    String name = descending ? text.substring(1) : text;
    Field field = WireNamed.find(Field.values(), name);
    if (field != null) {
      return new TicketOrder(field, descending);
    }
    throw new IllegalArgumentException(
        "there is no sorting by '"
            + name
            + "': use one of "
            + String.join(", ", WireNamed.names(Field.values()))
            + ", with - before it to reverse");
  }

  /** The comparator of this order. */
  public Comparator<Ticket> comparator() {
    return byField().thenComparingLong(Ticket::number);
  }

  private Comparator<Ticket> byField() {
    return switch (field) {
      case NUMBER -> directed(Comparator.comparingLong(Ticket::number));
      case CREATED -> directed(Comparator.comparingLong(t -> t.created().atMillis()));
      case UPDATED -> directed(Comparator.comparingLong(t -> t.updated().atMillis()));
      case PRIORITY -> directed(Comparator.comparing(t -> t.content().priority()));
      case TITLE -> directed(Comparator.comparing(t -> t.content().title(), TITLE_ORDER));
      case ASSIGNEE ->
          Comparator.comparing(
              t -> t.content().assignee(),
              Comparator.nullsLast(directed(Comparator.<AgentName>naturalOrder())));
    };
  }

  private <T> Comparator<T> directed(Comparator<T> upwards) {
    return descending ? upwards.reversed() : upwards;
  }

  private static final Comparator<String> TITLE_ORDER =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

  /** As it is written in a request. */
  @Override
  public String toString() {
    return (descending ? "-" : "") + field.wireName();
  }
}
