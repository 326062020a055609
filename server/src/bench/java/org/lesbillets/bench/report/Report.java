package org.lesbillets.bench.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one run of one measurement found: a row for each participant and size, ratios between
 * participants of that run, and what has to be known beside them. One thread.
 */
public final class Report {
  private final String title;
  private final Map<String, Object> machine;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean sound = true;

  /**
   * One figure of this server, as a multiple of a peer's in the same run.
   *
   * @param where at which size
   * @param goal null where there is none
   */
  public record Ratio(String figure, String where, String to, double ratio, Goal goal) {
    @Override
    public String toString() {
      String verdict = goal == null ? "" : " (" + goal.verdict(ratio) + ")";
      return String.format(
          Locale.ROOT, "%s, %s: %s times %s%s", figure, where, number(ratio), to, verdict);
    }
  }

  /** A bound of a figure, and on which side of it is well. */
  public record Goal(boolean atLeast, double bound) {
    public static Goal atLeast(double bound) {
      return new Goal(true, bound);
    }

    public static Goal atMost(double bound) {
      return new Goal(false, bound);
    }

    public boolean met(double value) {
      return atLeast ? value >= bound : value <= bound;
    }

    /** In a few words. */
    public String verdict(double value) {
      return "goal: at "
          + (atLeast ? "least " : "most ")
          + number(bound)
          + (met(value) ? "" : ", MISSED");
    }
  }

  public Report(String title, Map<String, Object> machine) {
    this.title = title;
    this.machine = machine;
  }

  public String title() {
    return title;
  }

  /** A new row, whose cells (texts and numbers, under the names of their columns) follow. */
  public Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    rows.add(row);
    return row;
  }

  public List<Map<String, Object>> rows() {
    return rows;
  }

  public void ratio(Ratio ratio) {
    ratios.add(ratio);
  }

  public List<Ratio> ratios() {
    return ratios;
  }

  /** A sentence beside the table. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** A fault in what was received: the figures are void. */
  public void fault(String sentence) {
    sound = false;
    notes.add("WRONG: " + sentence);
  }

  /** Whether all that was received was right. */
  public boolean sound() {
    return sound;
  }

  public void print(PrintStream out) {
    out.println(title);
    machine.forEach((name, value) -> out.println("  " + name + ": " + value));
    out.println();
    TextTable.print(rows, out);
    ratios.forEach(ratio -> out.println("  " + ratio));
    notes.forEach(note -> out.println("  " + note));
    out.println();
  }

  public void writeJson(Path file) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", title);
    all.put("machine", machine);
    all.put("sound", sound);
    all.put("rows", rows);
    all.put("ratios", ratios);
    all.put("notes", notes);
    Files.writeString(
        file,
        new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeSpecialFloatingPointValues()
                .create()
                .toJson(all)
            + "\n");
  }

  /** A number with as many digits as are worth reading. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
