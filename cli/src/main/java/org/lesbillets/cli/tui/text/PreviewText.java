package org.lesbillets.cli.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TextLine.Kind;
import org.lesbillets.model.Comment;

/**
 * The lines of the preview: title, fields on few lines, description, and the last comments, the
 * newest first. The description leaves half of the room to the comments. Pure.
 *
 * @param view the comments, as far as they are loaded; null for none
 */
public record PreviewText(TicketText text, DetailView view) {
  private static final TextLine MORE = new TextLine(Kind.QUIET, "…");

  /** All lines, at most {@code rows}, none wider than {@code columns}. */
  public List<TextLine> lines(int columns, int rows) {
    List<TextLine> lines = new ArrayList<>(text.title(columns));
    lines.addAll(text.compact(columns));
    List<TextLine> description = text.description(columns);
    List<TextLine> comments = comments(columns);
    int room = rows - lines.size();
    int wanted = comments.isEmpty() ? 0 : comments.size() + 1;
    section(lines, description, Math.max(room / 2, room - wanted));
    section(lines, comments, rows - lines.size());
    return lines.size() <= rows ? lines : cut(lines, rows);
  }

  /** Adds lines behind a blank one, as far as there is room. */
  private static void section(List<TextLine> lines, List<TextLine> more, int room) {
    if (!more.isEmpty() && room > 1) {
      lines.add(TextLine.BLANK);
      lines.addAll(cut(more, room - 1));
    }
  }

  private static List<TextLine> cut(List<TextLine> lines, int most) {
    if (lines.size() <= most || most <= 1) {
      return lines.subList(0, Math.max(0, Math.min(lines.size(), most)));
    }
    List<TextLine> cut = new ArrayList<>(lines.subList(0, most - 1));
    cut.add(MORE);
    return cut;
  }

  private List<TextLine> comments(int columns) {
    long all = text.ticket().commentCount();
    List<TextLine> lines = new ArrayList<>();
    if (view != null) {
      for (int i = view.comments().size() - 1; i >= 0; i--) {
        comment(lines, view.comments().get(i), columns);
      }
      if (view.trouble() != null) {
        lines.addAll(TicketText.lines(Kind.CAUTION, view.trouble(), columns));
      }
    }
    if (lines.isEmpty() && all > 0) {
      lines.add(new TextLine(Kind.QUIET, all + (all == 1 ? " comment …" : " comments …")));
    }
    return lines;
  }

  /** Author and time, and the text behind them. */
  private void comment(List<TextLine> lines, Comment comment, int columns) {
    String head = comment.by() + ", " + text.ago(comment.at()) + ": ";
    List<String> wrapped = CellText.wrap(head + ShownText.block(comment.text().strip()), columns);
    for (int i = 0; i < wrapped.size(); i++) {
      String line = wrapped.get(i);
      int lead = i == 0 && line.startsWith(head) ? head.length() : 0;
      lines.add(new TextLine(Kind.TEXT, lead, line));
    }
  }
}
