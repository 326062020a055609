package org.lesbillets.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One figure of one participant: a value for each round. For one thread. */
final class PerRound {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    return median(values);
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** The median of the ratios of each round: what slowed a whole round down has no weight. */
  double ratioTo(PerRound other) {
    return median(
        IntStream.range(0, Math.min(values.size(), other.values.size()))
            .mapToObj(round -> values.get(round) / other.values.get(round))
            .toList());
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
