package org.lesbillets.cli.output.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.text.CellText;

/** What gives way on a narrow screen, and in which order. */
class TableTest {
  private static List<String> lines(int width) {
    Table table =
        new Table(Column.number("#", 0), Column.cut("WHO", 1, 10), Column.cut("TITLE", 0, 20));
    table.row(Cell.of("1"), Cell.of("somebody-else"), Cell.of("A title of thirty cells, no less"));
    return table.lines(width, false);
  }

  @Test
  void textsAreCutThenColumnsGoThenTheLastTextIsCutFurther() {
    assertEquals("1  somebody-…  A title of thirty c…", lines(35).get(1));
    assertEquals("1  A title of thirty cells, no le…", lines(34).get(1));
    assertEquals("1  A title of thirty c…", lines(23).get(1));
    assertEquals("1  A title of thirty…", lines(22).get(1));
    assertEquals("1  A title…", lines(11).get(1));
    assertEquals(lines(11), lines(3), "less would tell nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 28, 33, 34, 60})
  void aListFits(int width) {
    String out =
        BilletsRun.at(SampleTickets.list()).terminal(width).with("NO_COLOR", "1").run("list").out();
    out.lines().forEach(line -> assertTrue(CellText.width(line) <= width, width + ": " + line));
  }
}
