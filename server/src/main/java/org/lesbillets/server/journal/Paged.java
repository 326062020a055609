package org.lesbillets.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One page of a list. Immutable.
 *
 * @param more whether there are items behind this page
 */
public record Paged<T>(List<T> items, boolean more) {
  public Paged {
    items = List.copyOf(items);
  }

  /**
   * As many items as fit a page, at least one.
   *
   * @param size estimate of an item's bytes
   */
  public static <T> Paged<T> cut(Iterable<T> from, Page page, ToLongFunction<T> size) {
    List<T> items = new ArrayList<>();
    long bytes = 0;
    for (T item : from) {
      bytes += size.applyAsLong(item);
      if (items.size() == page.limit() || !items.isEmpty() && bytes > page.maxBytes()) {
        return new Paged<>(items, true);
      }
      items.add(item);
    }
    return new Paged<>(items, false);
  }
}
