package org.lesbillets.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A constant with a name on the wire, in the query language and in output. Immutable. */
public interface WireNamed {

  /** The constant in lower case, unless it says otherwise. */
  default String wireName() {
    return toString().toLowerCase(Locale.ROOT);
  }

  /** The names of constants, in their order. */
  static List<String> names(WireNamed[] values) {
    List<String> names = new ArrayList<>();
    for (WireNamed value : values) {
      names.add(value.wireName());
    }
    return List.copyOf(names);
  }

  /** The constant of a name; null if there is none. */
  static <E extends WireNamed> E find(E[] values, String name) {
    for (E value : values) {
      if (value.wireName().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
