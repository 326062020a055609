package org.lesbillets.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A page of a long list.
 *
 * @param more whether there is something beyond it
 */
public record Paged<T>(List<T> items, boolean more) {
  public Paged {
    items = List.copyOf(items);
  }

  /**
   * As much of a list as a page takes, at least one.
   *
   * @param size of an item, in bytes or about
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
