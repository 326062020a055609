package org.lesbillets.cli.config;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.lesbillets.model.query.Spelling;

/**
 * Validation of the names of contexts, and suggestions for misspelt ones. Stateless; any thread.
 */
final class ContextName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private ContextName() {}

  /**
   * @throws IllegalArgumentException if it is no name for a context
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name for a context: use at most 64 letters, digits, dots, hyphens and"
              + " underscores, a letter or digit first");
    }
    return name;
  }

  static String unknown(String name, Collection<String> known) {
    String near = Spelling.nearest(name, List.copyOf(known));
    String hint =
        near != null
            ? "; did you mean '" + near + "'?"
            : known.isEmpty()
                ? ": billets context add makes one"
                : ": there are " + String.join(", ", known);
    return "there is no context '" + name + "'" + hint;
  }
}
