package org.lesbillets.fault;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong; keeps the first twenty. */
public final class Violations {
  private static final int MOST = 20;

  private final List<String> first = new ArrayList<>();
  private int count;

  public void add(String pattern, Object... arguments) {
    count++;
    if (first.size() < MOST) {
      first.add(arguments.length == 0 ? pattern : pattern.formatted(arguments));
    }
  }

  public void addAll(Violations others) {
    count += others.count;
    others.first.stream().limit(MOST - (long) first.size()).forEach(first::add);
  }

  public int count() {
    return count;
  }

  public List<String> first() {
    return first;
  }
}
