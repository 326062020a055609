package org.lesbillets.server.metrics;

import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.server.measure.Distribution;

/**
 * One metric: its name by the conventions of Prometheus, and how it is read. Immutable.
 *
 * @param samples read at each scrape; empty when there is no value now
 * @param distribution instead of samples, or null
 */
record MetricFamily(
    String name,
    String help,
    Kind kind,
    Supplier<List<Sample>> samples,
    Distribution distribution) {

  /** How values behave. */
  enum Kind {
    GAUGE,
    COUNTER,
    INFO,
    HISTOGRAM
  }

  /**
   * A value.
   *
   * @param labels names and values in turn
   */
  record Sample(List<String> labels, double value) {}
}
