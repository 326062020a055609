package org.lesbillets.cli.output.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.ContextReport;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.text.PlainText;

/** Tables and lists of named servers, for people. Stateless; any thread. */
final class ContextTable {
  private static final int LABEL = 10;

  private ContextTable() {}

  /** The one in use has a star, whatever colour can be seen. */
  static Table table(List<ContextReport> contexts) {
    Table table =
        new Table(
            Column.whole("", 0),
            Column.cut("NAME", 0, 10),
            Column.cut("SERVER", 0, 20),
            Column.cut("TOKEN", 1, 12),
            Column.number("TIMEOUT", 2));
    contexts.forEach(context -> table.row(cells(context)));
    return table;
  }

  private static Cell[] cells(ContextReport context) {
    return new Cell[] {
      Cell.in(TextTone.GOOD, context.current() ? "*" : ""),
      Cell.of(context.name()),
      Cell.of(servers(context)),
      Cell.of(token(context)),
      Cell.of(timeout(context))
    };
  }

  private static String servers(ContextReport context) {
    return String.join(", ", context.servers());
  }

  private static String token(ContextReport context) {
    ContextReport.Token token = context.token();
    return token.file() != null
        ? "file " + token.file()
        : token.line() != null ? "command " + token.line() : "";
  }

  private static String timeout(ContextReport context) {
    return context.timeoutMillis() == null
        ? ""
        : HumanTime.length(Duration.ofMillis(context.timeoutMillis()));
  }

  /** One of them, a line for each thing that is known. */
  static List<String> lines(ContextReport context) {
    List<String> lines = new ArrayList<>();
    add(lines, "name", context.name() + (context.current() ? " (in use)" : ""));
    add(lines, "server", servers(context));
    add(lines, "token", token(context));
    add(lines, "timeout", timeout(context));
    return lines;
  }

  private static void add(List<String> lines, String label, String text) {
    if (!text.isEmpty()) {
      lines.add(CellText.padRight(label + ":", LABEL) + PlainText.line(text));
    }
  }
}
