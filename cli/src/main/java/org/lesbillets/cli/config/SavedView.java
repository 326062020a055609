package org.lesbillets.cli.config;

import java.util.Objects;

/**
 * A named filter of the live view. Immutable.
 *
 * @param query in the query language, and known to be right; "" for all tickets
 * @param sort what {@code --sort} takes, and known to be right; null where nothing was said
 */
public record SavedView(String name, String query, String sort) {
  public SavedView {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(query, "query");
  }
}
