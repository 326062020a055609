package org.lesbillets.model.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lesbillets.model.query.Spelling;

/**
 * Record of the names that the decoder of one JSON object asked for, and so knows, with the nested
 * objects: finds the unknown ones afterwards. Mutable; for one thread and one message.
 */
final class KnownFields {
  private static final int SHORTEST_PART = 3;

  private final Set<String> names = new LinkedHashSet<>();
  private final List<WireObject> within = new ArrayList<>();

  void asked(String name) {
    names.add(name);
  }

  WireObject found(WireObject object) {
    within.add(object);
    return object;
  }

  /**
   * @throws WireFormatException if the object, or one within, has a field that is not known
   */
  void check(WireObject object) throws WireFormatException {
    for (String name : object.names()) {
      if (!names.contains(name)) {
        throw unknown(object, name);
      }
    }
    for (WireObject one : within) {
      one.refuseUnknown();
    }
  }

  private WireFormatException unknown(WireObject object, String name) {
    String all = "use " + String.join(", ", names);
    if (!TextRules.quotable(name)) {
      return object.wrong("message", "has a field of unknown name: " + all);
    }
    String near = near(name);
    return object.wrong(
        name, "is no known field: " + (near == null ? all : "did you mean " + near + "?"));
  }

  private String near(String name) {
    String near = Spelling.nearest(name, List.copyOf(names));
    return near != null || name.length() < SHORTEST_PART
        ? near
        : names.stream().filter(word -> isPart(name, word)).findFirst().orElse(null);
  }

  private static boolean isPart(String name, String word) {
    return word.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
  }
}
