package org.lesbillets.cli.output.table;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.Finding;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.PlainText;

/**
 * Findings for people: state and check as columns, the sentence wrapped beside them, the cure below
 * it. Sentences are never cut. Stateless; any thread.
 */
final class FindingLines {
  private static final int STATE = 9;
  private static final int CHECK = 12;
  private static final int LEAST_TEXT = 24;

  /** On a screen too narrow for the columns, the sentences are below them. */
  private static final int NARROW_INDENT = 2;

  private static final String CURE = "cure: ";

  private FindingLines() {}

  static List<String> of(List<Finding> findings, PrintStyle style) {
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> add(lines, finding, style));
    return lines;
  }

  private static void add(List<String> lines, Finding finding, PrintStyle style) {
    String state =
        finding.paintedState(style.colour())
            + " ".repeat(STATE - CellText.width(finding.state().wireName()));
    boolean beside = style.width() >= STATE + CHECK + LEAST_TEXT;
    int indent = beside ? STATE + CHECK : NARROW_INDENT;
    int width = Math.max(LEAST_TEXT, style.width() - indent);
    List<String> text = new ArrayList<>(CellText.wrap(PlainText.line(finding.found()), width));
    if (finding.cure() != null) {
      text.addAll(CellText.wrap(CURE + PlainText.line(finding.cure()), width));
    }
    String head = state + (beside ? CellText.padRight(finding.check(), CHECK) : finding.check());
    lines.add(beside ? head + text.get(0) : head);
    text.stream().skip(beside ? 1 : 0).forEach(line -> lines.add(" ".repeat(indent) + line));
  }
}
