package org.lesbillets.server.journal;

import java.util.List;

/**
 * A page of a long list.
 *
 * @param more whether there is something beyond it
 */
public record Paged<T>(List<T> items, boolean more) {
  public Paged {
    items = List.copyOf(items);
  }
}
