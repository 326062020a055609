package org.lesbillets.server.soak.gauge;

import java.util.ArrayList;
import java.util.List;

/** The regression line of a figure over time. One thread. */
public final class Trend {
  private final List<double[]> points = new ArrayList<>();

  /** Adds a point. */
  public void add(double seconds, double value) {
    points.add(new double[] {seconds, value});
  }

  /** How much the line rises from the first point to the last; 0 for fewer than two points. */
  public double rise() {
    double time = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
    double value = mean();
    double together = 0;
    double alone = 0;
    for (double[] point : points) {
      together += (point[0] - time) * (point[1] - value);
      alone += (point[0] - time) * (point[0] - time);
    }
    return alone == 0
        ? 0
        : together / alone * (points.get(points.size() - 1)[0] - points.get(0)[0]);
  }

  /** The mean of the values; 0 for none. */
  public double mean() {
    return points.stream().mapToDouble(point -> point[1]).average().orElse(0);
  }
}
