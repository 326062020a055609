package org.lesbillets.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lesbillets.server.measure.Distribution;
import org.lesbillets.server.websocket.MetricsSource.Scrape;

/**
 * The page in the text formats of Prometheus and OpenMetrics, with the virtual machine's own
 * metrics. Stateless but for those; one thread at a time.
 */
final class Exposition {
  private static final PrometheusRegistry MACHINE = machine();
  private static final String TOTAL = "_total";
  private static final String INFO = "_info";

  private Exposition() {}

  private static PrometheusRegistry machine() {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
    return registry;
  }

  static Scrape write(List<MetricFamily> families, boolean openMetrics) {
    ExpositionFormatWriter writer =
        openMetrics
            ? OpenMetricsTextFormatWriter.create()
            : PrometheusTextFormatWriter.builder().build();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.forEach(family -> all.metricSnapshot(snapshot(family)));
    MACHINE.scrape().forEach(all::metricSnapshot);
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(out, all.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Scrape(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }

  private static MetricSnapshot snapshot(MetricFamily family) {
    return switch (family.kind()) {
      case GAUGE -> gauge(family);
      case COUNTER -> counter(family);
      case INFO -> info(family);
      case HISTOGRAM -> histogram(family);
    };
  }

  private static MetricSnapshot gauge(MetricFamily family) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(family.name()).help(family.help());
    for (MetricFamily.Sample sample : family.samples().get()) {
      gauge.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(labels(sample))
              .value(sample.value())
              .build());
    }
    return gauge.build();
  }

  private static MetricSnapshot counter(MetricFamily family) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(without(TOTAL, family.name())).help(family.help());
    for (MetricFamily.Sample sample : family.samples().get()) {
      counter.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels(sample))
              .value(sample.value())
              .build());
    }
    return counter.build();
  }

  private static MetricSnapshot info(MetricFamily family) {
    InfoSnapshot.Builder info =
        InfoSnapshot.builder().name(without(INFO, family.name())).help(family.help());
    for (MetricFamily.Sample sample : family.samples().get()) {
      info.dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels(sample)).build());
    }
    return info.build();
  }

  private static MetricSnapshot histogram(MetricFamily family) {
    Distribution values = family.distribution();
    double[] bounds = values.bounds();
    long[] counts = values.counts();
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, counts[i]);
    }
    return HistogramSnapshot.builder()
        .name(family.name())
        .help(family.help())
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(values.sum())
                .build())
        .build();
  }

  private static String without(String suffix, String name) {
    return name.substring(0, name.length() - suffix.length());
  }

  private static Labels labels(MetricFamily.Sample sample) {
    return Labels.of(sample.labels().toArray(String[]::new));
  }
}
