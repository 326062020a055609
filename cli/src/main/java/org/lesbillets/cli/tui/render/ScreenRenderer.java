package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;

/**
 * The renderer of the live view: draws the whole screen for every frame, as a function of the model
 * alone (immediate mode), at any size. Caches only what is expensive: wrapped text and statistics.
 * Confined to the thread that draws.
 */
public final class ScreenRenderer {
  private final Glyphs glyphs;
  private final DetailPane detail = new DetailPane();
  private final OverviewPane overview = new OverviewPane();

  public ScreenRenderer(Glyphs glyphs) {
    this.glyphs = glyphs;
  }

  /** Draws the model, whose layout may be that of another canvas size. */
  public void draw(UiModel model, Canvas canvas) {
    Area whole = new Area(canvas, glyphs);
    canvas.hideCursor();
    whole.clear(Styles.PLAIN);
    Layout layout = model.layout();
    if (layout.isTooSmall()) {
      tooSmall(whole);
      return;
    }
    Input input = model.pager() == null ? model.input() : null;
    HeaderPane.draw(model, whole.row(0));
    Area body = whole.part(0, layout.bodyTop(), layout.columns(), layout.bodyRows());
    if (model.pager() != null) {
      pager(model.pager(), whole.row(1), body);
    } else {
      screen(model, whole.row(1), body, body.rows() - covered(model, input, body));
    }
    // Last, since input panes overlap the rest and have the cursor.
    StatusBar.draw(model, input, whole.part(0, 0, layout.columns(), layout.keysRow() + 1));
    if (input instanceof TicketForm form) {
      FormPane.draw(form, model.settings().keys(), body);
    } else if (input instanceof CommentBox box) {
      CommentPane.draw(box, model.tickets().find(box.ticket()), body);
    }
  }

  /** The number of rows of the body that an input pane will cover, from the bottom. */
  private static int covered(UiModel model, Input input, Area body) {
    if (input instanceof TicketForm form) {
      return FormPane.rows(form, model.settings().keys(), body);
    }
    return input instanceof CommentBox ? CommentPane.rows(body) : 0;
  }

  private void screen(UiModel model, Area above, Area body, int free) {
    switch (model.screen()) {
      case LIST -> list(model, above, body, free);
      case DETAIL -> detail.draw(model, above, body);
      case OVERVIEW -> overview.draw(model, above, body);
    }
  }

  private static void list(UiModel model, Area above, Area body, int free) {
    Layout layout = model.layout();
    FilterLine.draw(model, above);
    int views = layout.viewsRows();
    if (views > 0) {
      ViewTabs.draw(model, body.row(0));
    }
    int gap = layout.preview() == Layout.Preview.BESIDE ? 1 : 0;
    int rows = Math.max(1, Math.min(layout.listRows() + 1, free - views));
    TicketTable.draw(model, body.part(0, views, layout.listColumns() - gap, rows));
    if (layout.preview() != Layout.Preview.NONE) {
      int column = body.columns() - layout.previewColumns();
      int row = body.rows() - layout.previewRows();
      PreviewPane.draw(
          model, body.part(column, row, layout.previewColumns(), layout.previewRows()));
    }
  }

  private static void pager(Pager pager, Area above, Area area) {
    int top = LinesPane.top(pager.top(), pager.lines().size(), area.rows());
    LinesPane.draw(pager.lines(), top, area.inset(1));
    area.point(1, 0);
    new FlexLine(above)
        .flexible(pager.title(), Styles.STRONG, FlexLine.KEPT, 6)
        .right(LinesPane.part(top, pager.lines().size(), area.rows()), Styles.QUIET, 5)
        .draw(Styles.PLAIN);
  }

  private static void tooSmall(Area area) {
    area.point(0, 0);
    List<String> lines = CellText.wrap(Layout.tooSmall(), area.columns());
    for (int row = 0; row < lines.size(); row++) {
      area.put(0, row, lines.get(row), Styles.PLAIN);
    }
  }
}
