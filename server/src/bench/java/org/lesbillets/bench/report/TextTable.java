package org.lesbillets.bench.report;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows as a table in Markdown, so that a page can take it as it is. Stateless. */
final class TextTable {
  private TextTable() {}

  static void print(List<Map<String, Object>> rows, PrintStream out) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    if (columns.isEmpty()) {
      return;
    }
    StringBuilder head = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    for (String column : columns) {
      int width = width(column, rows);
      head.append(' ').append(padded(column, width, isNumber(column, rows))).append(" |");
      rule.append("-".repeat(width + 1)).append(isNumber(column, rows) ? ":|" : "-|");
    }
    out.println(head);
    out.println(rule);
    for (Map<String, Object> row : rows) {
      StringBuilder line = new StringBuilder("|");
      for (String column : columns) {
        String cell = padded(text(row, column), width(column, rows), isNumber(column, rows));
        line.append(' ').append(cell).append(" |");
      }
      out.println(line);
    }
    out.println();
  }

  private static int width(String column, List<Map<String, Object>> rows) {
    int widest = rows.stream().mapToInt(row -> text(row, column).length()).max().orElse(0);
    return Math.max(column.length(), widest);
  }

  private static boolean isNumber(String column, List<Map<String, Object>> rows) {
    return rows.stream().noneMatch(row -> row.get(column) instanceof String);
  }

  private static String padded(String text, int width, boolean right) {
    String spaces = " ".repeat(width - text.length());
    return right ? spaces + text : text + spaces;
  }

  private static String text(Map<String, Object> row, String column) {
    Object cell = row.get(column);
    if (cell == null) {
      return "";
    }
    if (cell instanceof Integer || cell instanceof Long) {
      return String.format(java.util.Locale.ROOT, "%,d", ((Number) cell).longValue());
    }
    return cell instanceof Number number ? Report.number(number.doubleValue()) : cell.toString();
  }
}
