package org.lesbillets.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read strictly by the grammar of the text format, in the form of Prometheus or
 * of OpenMetrics: what a scraper might reject, is rejected.
 *
 * @param types by the name of the family
 * @param samples by name and labels as written
 */
record MetricsText(Map<String, String> types, Map<String, Double> samples) {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?<name>"
              + NAME
              + ")(?<labels>\\{[^}]*})? (?<value>[+-]?[0-9.]+(?:E[+-]?[0-9]+)?|NaN|[+-]Inf)");
  private static final Pattern LABELS =
      Pattern.compile("\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)+}");
  private static final Pattern META = Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ") (.*)");

  static MetricsText parse(String page, boolean openMetrics) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, Double> samples = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(page.lines().toList());
    check(page.endsWith("\n"), "no end of the last line");
    if (openMetrics) {
      check(lines.remove(lines.size() - 1).equals("# EOF"), "no end");
    }
    Set<String> helped = new TreeSet<>();
    String family = "";
    for (String line : lines) {
      if (line.startsWith("#")) {
        Matcher meta = META.matcher(line);
        check(meta.matches(), line);
        family = meta.group(2);
        if (meta.group(1).equals("TYPE")) {
          check(types.put(family, meta.group(3)) == null, "twice: " + line);
        } else if (meta.group(1).equals("HELP")) {
          check(helped.add(family), "twice: " + line);
        }
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      check(sample.matches(), line);
      String labels = sample.group("labels");
      check(labels == null || LABELS.matcher(labels).matches(), line);
      check(types.containsKey(family) && sample.group("name").startsWith(family), line);
      String key = sample.group("name") + (labels == null ? "" : labels);
      double value = Double.parseDouble(sample.group("value").replace("Inf", "Infinity"));
      check(samples.put(key, value) == null, "twice: " + line);
    }
    check(helped.containsAll(types.keySet()), "without help");
    MetricsText text = new MetricsText(types, samples);
    text.checkHistograms();
    return text;
  }

  private static void check(boolean condition, String line) {
    if (!condition) {
      throw new AssertionError("not a page of metrics: " + line);
    }
  }

  /** Buckets are cumulative, and the last one is the count. */
  private void checkHistograms() {
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            double last = 0;
            for (Map.Entry<String, Double> sample : samples.entrySet()) {
              if (sample.getKey().startsWith(name + "_bucket")) {
                check(sample.getValue() >= last, sample.toString());
                last = sample.getValue();
              }
            }
            check(last == samples.get(name + "_bucket{le=\"+Inf\"}"), name);
            check(last == samples.get(name + "_count"), name);
          }
        });
  }

  /** The value of a series, as written; 0 when it is not there. */
  double value(String series) {
    return samples.getOrDefault(series, 0.0);
  }

  /**
   * The names of metrics as they are documented: a counter with its suffix, a histogram without.
   */
  Set<String> names() {
    return new TreeSet<>(types.keySet());
  }

  /** The names of all series, without labels. */
  Set<String> seriesNames() {
    Map<String, Boolean> names = new HashMap<>();
    samples.keySet().forEach(key -> names.put(key.replaceAll("\\{.*", ""), true));
    return names.keySet();
  }
}
