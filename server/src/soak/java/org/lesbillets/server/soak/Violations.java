package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong; keeps the first twenty. */
final class Violations {
  private static final int MOST = 20;

  private final List<String> first = new ArrayList<>();
  private int count;

  void add(String pattern, Object... arguments) {
    count++;
    if (first.size() < MOST) {
      first.add(arguments.length == 0 ? pattern : pattern.formatted(arguments));
    }
  }

  void addAll(Violations others) {
    count += others.count;
    others.first.stream().limit(MOST - (long) first.size()).forEach(first::add);
  }

  int count() {
    return count;
  }

  List<String> first() {
    return first;
  }
}
