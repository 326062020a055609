package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.state.Layout.Preview;

class LayoutTest {

  @ParameterizedTest
  @CsvSource({
    // columns, rows, wanted, preview, list columns, list rows, preview columns, preview rows
    "80, 24, true, NONE, 80, 19, 80, 20",
    "109, 35, true, NONE, 109, 29, 109, 30",
    "110, 24, true, BESIDE, 74, 19, 36, 20",
    "110, 24, false, NONE, 110, 19, 110, 20",
    "200, 50, true, BESIDE, 120, 44, 80, 45",
    "80, 27, true, NONE, 80, 22, 80, 23",
    "80, 28, true, NONE, 80, 22, 80, 23",
    "59, 28, true, NONE, 59, 23, 59, 24",
    "150, 24, true, BESIDE, 104, 19, 46, 20",
    "149, 24, true, BESIDE, 89, 19, 60, 20",
    "80, 36, true, BELOW, 80, 18, 80, 12",
    "80, 36, false, NONE, 80, 30, 80, 31",
    "109, 60, true, BELOW, 109, 38, 109, 16",
    "60, 15, true, NONE, 60, 10, 60, 11",
    "40, 8, true, NONE, 40, 3, 40, 4"
  })
  void thePreviewStandsWhereThereIsRoom(
      int columns, int rows, boolean wanted, Preview preview, int a, int b, int c, int d) {
    Layout layout = Layout.of(columns, rows, wanted);
    assertEquals(preview, layout.preview());
    assertEquals(a + " " + b, layout.listColumns() + " " + layout.listRows());
    assertEquals(c + " " + d, layout.previewColumns() + " " + layout.previewRows());
  }

  @ParameterizedTest
  @CsvSource({"40, 8, false", "39, 8, true", "40, 7, true", "20, 5, true", "1, 1, true"})
  void whatIsTooSmallSaysSo(int columns, int rows, boolean small) {
    assertEquals(small, Layout.of(columns, rows, true).isTooSmall());
    assertEquals("Too small: 40x8 at least.", Layout.tooSmall());
  }

  @Test
  void everythingFitsIntoEverySize() {
    for (int columns = 1; columns <= 260; columns++) {
      for (int rows = 1; rows <= 80; rows++) {
        check(Layout.of(columns, rows, true));
        check(Layout.of(columns, rows, false));
      }
    }
  }

  private static void check(Layout layout) {
    assertTrue(layout.listRows() >= 1 && layout.bodyRows() >= 1, layout + "");
    if (layout.isTooSmall()) {
      return;
    }
    assertEquals(layout.rows(), layout.bodyTop() + layout.bodyRows() + 2);
    assertEquals(layout.rows() - 1, layout.keysRow());
    int below = layout.preview() == Preview.BELOW ? layout.previewRows() : 0;
    assertEquals(
        layout.bodyRows(), layout.viewsRows() + layout.listRows() + 1 + below, layout + "");
    int beside = layout.preview() == Preview.BESIDE ? layout.previewColumns() : 0;
    assertEquals(layout.columns(), layout.listColumns() + beside, layout + "");
    assertTrue(beside == 0 || beside >= 36, layout + "");
    assertTrue(below == 0 || below >= 8, layout + "");
  }
}
