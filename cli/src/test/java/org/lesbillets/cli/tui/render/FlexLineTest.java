package org.lesbillets.cli.tui.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.screen.GridCanvas;

class FlexLineTest {

  @ParameterizedTest
  @CsvSource({
    "50, ' name  somebody@somewhere.org  live       12 open'",
    "45, ' name  somebody@somewhere.org  live  12 open'",
    "40, ' somebody@somewhere.org  live   12 open'",
    "35, ' somebody@somewher…  live  12 open'",
    "30, ' somebody@som…  live  12 open'",
    "27, ' somebody@somewhere…  live'",
    "20, ' somebody@so…  live'",
    "19, ' live'",
    "4, ' li…'"
  })
  void whatMattersLeastGivesWay(int columns, String expected) {
    GridCanvas canvas = new GridCanvas(columns, 1);
    new FlexLine(new Area(canvas, Glyphs.UNICODE))
        .left("name", Styles.PLAIN, 1)
        .flexible("somebody@somewhere.org", Styles.PLAIN, 4, 2)
        .left("live", Styles.PLAIN, FlexLine.KEPT)
        .left("", Styles.PLAIN, FlexLine.KEPT)
        .right("12 open", Styles.PLAIN, 3)
        .draw(Styles.PLAIN);
    assertEquals(expected.stripTrailing(), canvas.line(0).stripTrailing());
  }
}
