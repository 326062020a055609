package org.lesbillets.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plot of how figures grow with a size: lines over an axis of powers (zero stands at its left
 * end), the other axis from 0. One thread.
 */
public final class SvgPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 80;
  private static final int RIGHT = 30;
  private static final int TOP = 60;
  private static final int BOTTOM = 50;
  private static final String[] COLOURS = {"#0b6e99", "#c4512d", "#4c8f2f", "#7a4fa3", "#8a6d00"};

  private final String title;
  private final String sizes;
  private final String figures;
  private final Map<String, TreeMap<Double, Double>> lines = new LinkedHashMap<>();

  public SvgPlot(String title, String sizes, String figures) {
    this.title = title;
    this.sizes = sizes;
    this.figures = figures;
  }

  /** A point of the line of {@code name}. Sizes are 0 or more. */
  public void point(String name, double size, double figure) {
    lines.computeIfAbsent(name, n -> new TreeMap<>()).put(size, figure);
  }

  public void write(Path file) throws IOException {
    Files.writeString(file, svg());
  }

  String svg() {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">",
            WIDTH,
            HEIGHT));
    parts.add(String.format("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT));
    parts.add(text(LEFT, 20, "start", title + ": " + figures));
    parts.add(text(WIDTH / 2.0, HEIGHT - 10, "middle", sizes));
    axes(parts);
    int number = 0;
    int offset = LEFT;
    for (Map.Entry<String, TreeMap<Double, Double>> line : lines.entrySet()) {
      String colour = COLOURS[number++ % COLOURS.length];
      line(parts, line.getValue(), colour);
      parts.add(
          String.format("<g fill=\"%s\">%s</g>", colour, text(offset, 40, "start", line.getKey())));
      offset += 24 + 7 * line.getKey().length();
    }
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  private void axes(List<String> parts) {
    double top = top();
    for (int step = 0; step <= 4; step++) {
      double value = top * step / 4;
      parts.add(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %.1fH%d\" stroke=\"#ccc\"/>",
              LEFT,
              y(value),
              WIDTH - RIGHT));
      parts.add(text(LEFT - 6, y(value) + 4, "end", Report.number(value)));
    }
    sizes()
        .forEach(
            size ->
                parts.add(
                    text(x(size), HEIGHT - BOTTOM + 18, "middle", String.format("%,.0f", size))));
  }

  private void line(List<String> parts, TreeMap<Double, Double> points, String colour) {
    StringBuilder path = new StringBuilder();
    points.forEach(
        (size, figure) -> {
          path.append(
              String.format(
                  Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(size), y(figure)));
          parts.add(
              String.format(
                  Locale.ROOT,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
                  x(size),
                  y(figure),
                  colour));
        });
    parts.add(
        String.format(
            "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour));
  }

  private List<Double> sizes() {
    return lines.values().stream()
        .flatMap(line -> line.keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The next round number above all figures. */
  private double top() {
    double most =
        lines.values().stream()
            .flatMap(line -> line.values().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
    return most <= 2 * unit ? 2 * unit : most <= 4 * unit ? 4 * unit : 10 * unit;
  }

  private double x(double size) {
    List<Double> all = sizes();
    double least = Math.log(Math.max(1, all.get(0)));
    double most = Math.log(Math.max(2, all.get(all.size() - 1)));
    double share = most == least ? 0 : (Math.log(Math.max(1, size)) - least) / (most - least);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double y(double figure) {
    return HEIGHT - BOTTOM - figure / top() * (HEIGHT - TOP - BOTTOM);
  }

  private static String text(double x, double y, String anchor, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        escaped);
  }
}
