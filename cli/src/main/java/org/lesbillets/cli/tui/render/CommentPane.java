package org.lesbillets.cli.tui.render;

import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.model.Ticket;

/**
 * The pane of a comment being typed, over the lower part of the screen. Stateless; pure but for its
 * area.
 */
final class CommentPane {
  private static final int LEAST_ROWS = 8;
  private static final int MOST_NOTICE = 2;

  private CommentPane() {}

  /**
   * @param ticket the ticket it belongs to, if it is loaded
   */
  static void draw(CommentBox box, Optional<Ticket> ticket, Area area) {
    int rows = rows(area);
    Area sheet = area.part(0, area.rows() - rows, area.columns(), rows);
    String title = ticket.map(one -> " " + one.content().title()).orElse("");
    Area inside = PaneBorder.lid(sheet, "Comment on #" + box.number() + title);
    if (box.sending()) {
      PaneBorder.right(sheet, "sending…", Styles.CAUTION);
    }
    TextBlock notice = new TextBlock();
    notice.text(inside, box.notice(), Styles.CAUTION, MOST_NOTICE);
    int below = Math.min(notice.size(), Math.max(0, inside.rows() - 1));
    int room = inside.rows() - below;
    text(box, inside.part(0, 0, inside.columns(), room));
    notice.draw(inside.part(0, room, inside.columns(), below), -1);
  }

  /** The number of rows it covers, from the bottom of the area. */
  static int rows(Area area) {
    return Math.min(area.rows(), Math.max(LEAST_ROWS, area.rows() * 2 / 5));
  }

  private static void text(CommentBox box, Area area) {
    InputViewport shown = InputViewport.ofLines(box.typed());
    List<InputViewport.Line> lines = shown.lines(area.columns() - 1);
    int line = shown.cursorLine(lines);
    int top = Math.max(0, line - area.rows() + 1);
    Style style = box.sending() ? Styles.QUIET : Styles.PLAIN;
    for (int row = 0; row < area.rows() && top + row < lines.size(); row++) {
      InputViewport.Line one = lines.get(top + row);
      area.put(0, row, shown.text().substring(one.start(), one.end()), style);
    }
    if (box.sending()) {
      area.point(0, 0);
    } else {
      area.cursor(shown.cursorCell(lines.get(line)), line - top);
    }
  }
}
