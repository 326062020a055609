package org.lesbillets.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How long one program took in each round, in milliseconds. For one thread. */
final class Timings {
  private final List<Double> millis = new ArrayList<>();

  void add(double taken) {
    millis.add(taken);
  }

  double median() {
    return median(millis);
  }

  /** The median of the ratios of each round: what slowed a whole round down has no weight. */
  double ratioTo(Timings other) {
    return median(
        IntStream.range(0, millis.size())
            .mapToObj(round -> millis.get(round) / other.millis.get(round))
            .toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
