package org.lesbillets.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lesbillets.server.measure.Distribution;
import org.lesbillets.server.measure.Tally;
import org.lesbillets.server.websocket.MetricsSource;
import org.lesbillets.server.world.TimeSource;

/**
 * The metrics of one server as a page. Metrics are added before the first scrape; any thread
 * scrapes. One page is made at a time, at most one each 250 ms in each format: scrapes beside it
 * get the last one. The library is loaded by the first scrape, not at start.
 */
public final class MetricsPage implements MetricsSource {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final TimeSource time;
  private final List<MetricFamily> families = new ArrayList<>();
  private final ReentrantLock making = new ReentrantLock();
  private volatile Made plain;
  private volatile Made openMetrics;

  private record Made(Scrape scrape, long nanos) {}

  /**
   * @param time its monotonic clock
   */
  public MetricsPage(TimeSource time) {
    this.time = time;
  }

  /** Adds a value that rises and falls; NaN for none now. The callback must not block. */
  public void gauge(String name, String help, DoubleSupplier value) {
    add(name, help, MetricFamily.Kind.GAUGE, () -> sample(value.getAsDouble()));
  }

  /** Adds a value for each value of a label. */
  public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
    add(name, help, MetricFamily.Kind.GAUGE, () -> samples(label, values.get()));
  }

  /** Adds a count that only rises; the name ends in {@code _total}. */
  public void counter(String name, String help, LongSupplier value) {
    add(name, help, MetricFamily.Kind.COUNTER, () -> sample(value.getAsLong()));
  }

  /** Adds a count for each value of a label. */
  public void counters(String name, String help, String label, Tally<?> counts) {
    add(name, help, MetricFamily.Kind.COUNTER, () -> samples(label, counts.counts()));
  }

  /** Adds constant labels, as of a version; the name ends in {@code _info}. */
  public void info(String name, String help, Map<String, String> labels) {
    List<String> pairs = new ArrayList<>();
    labels.forEach((label, value) -> pairs.addAll(List.of(label, value)));
    add(name, help, MetricFamily.Kind.INFO, () -> List.of(new MetricFamily.Sample(pairs, 1)));
  }

  /** Adds a histogram. */
  public void histogram(String name, String help, Distribution values) {
    families.add(new MetricFamily(name, help, MetricFamily.Kind.HISTOGRAM, List::of, values));
  }

  private void add(
      String name, String help, MetricFamily.Kind kind, Supplier<List<MetricFamily.Sample>> read) {
    families.add(new MetricFamily(name, help, kind, read, null));
  }

  private static List<MetricFamily.Sample> sample(double value) {
    return Double.isNaN(value) ? List.of() : List.of(new MetricFamily.Sample(List.of(), value));
  }

  private static List<MetricFamily.Sample> samples(String label, Map<?, ? extends Number> values) {
    return values.entrySet().stream()
        .map(
            entry ->
                new MetricFamily.Sample(
                    List.of(label, entry.getKey().toString()), entry.getValue().doubleValue()))
        .toList();
  }

  @Override
  public Scrape scrape(String accept) {
    boolean wantsOpen = accept != null && accept.contains("application/openmetrics-text");
    Made last = wantsOpen ? openMetrics : plain;
    if (last != null && time.nanos() - last.nanos < FRESH_NANOS) {
      return last.scrape;
    }
    if (!making.tryLock()) {
      return last == null ? null : last.scrape;
    }
    try {
      Made made = new Made(Exposition.write(families, wantsOpen), time.nanos());
      if (wantsOpen) {
        openMetrics = made;
      } else {
        plain = made;
      }
      return made.scrape;
    } finally {
      making.unlock();
    }
  }
}
