package org.lesbillets.cli.tui.state;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.TextLine.Kind;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/**
 * A ticket that is read, as the lines one scrolls through: what it says, what was said of it, what
 * happened to it. What is newest comes first, so that what is older can follow at the end. Pure.
 *
 * @param ticket as it is now
 * @param view what is known of its comments and its history
 * @param lease when its lock runs out; null when it has none
 * @param zone the time zone people live in
 */
public record DetailText(Ticket ticket, DetailView view, LeaseEnd lease, Moment now, ZoneId zone) {
  private static final String INDENT = "  ";
  private static final int LEAST_WORDS = 20;

  /** Nobody likes to read lines that are longer. */
  private static final int WIDEST = 120;

  /** All lines, none wider than {@code screenColumns}, of which there should be 38 or more. */
  public List<TextLine> lines(int screenColumns) {
    int columns = Math.min(screenColumns, WIDEST);
    TicketText text = new TicketText(ticket, lease, now, zone);
    List<TextLine> lines = new ArrayList<>(text.heading(columns));
    lines.add(TextLine.BLANK);
    lines.addAll(text.facts(columns));
    List<TextLine> description = text.description(columns);
    if (!description.isEmpty()) {
      lines.add(TextLine.BLANK);
      lines.addAll(description);
    }
    if (view.trouble() != null) {
      lines.add(TextLine.BLANK);
      TicketText.block(view.trouble(), columns, "")
          .forEach(line -> lines.add(new TextLine(Kind.CAUTION, line.text())));
    }
    comments(lines, text, columns);
    history(lines, columns);
    older(lines);
    return lines;
  }

  private void comments(List<TextLine> lines, TicketText text, int columns) {
    if (view.comments().isEmpty()) {
      return;
    }
    lines.add(TextLine.BLANK);
    lines.add(new TextLine(Kind.HEADING, CellText.cut("Comments" + counted(), columns)));
    for (int i = view.comments().size() - 1; i >= 0; i--) {
      Comment comment = view.comments().get(i);
      String who = comment.by().value();
      String head = CellText.cut(who + ", " + text.when(comment.at()), columns);
      lines.add(new TextLine(Kind.QUIET, Math.min(who.length(), head.length()), head));
      lines.addAll(TicketText.block(comment.text(), columns, INDENT));
    }
  }

  private String counted() {
    int here = view.comments().size();
    String all = here < ticket.commentCount() ? " of " + ticket.commentCount() : "";
    return " (" + here + all + (here > 1 ? ", the newest first)" : ")");
  }

  private void history(List<TextLine> lines, int columns) {
    if (view.history().isEmpty()) {
      return;
    }
    lines.add(TextLine.BLANK);
    lines.add(new TextLine(Kind.HEADING, "History (the newest first)"));
    HumanTime time = new HumanTime(Clock.fixed(now.wall(), zone));
    for (int i = view.history().size() - 1; i >= 0; i--) {
      SequencedEvent event = view.history().get(i);
      event(lines, time.day(event.event().at()) + INDENT, event, columns);
    }
  }

  private static void event(List<TextLine> lines, String when, SequencedEvent event, int columns) {
    String what = ShownText.line(EventSentence.whoAndWhat(event.event()));
    String label = when;
    for (String line : CellText.wrap(what, Math.max(LEAST_WORDS, columns - when.length()))) {
      lines.add(new TextLine(Kind.TEXT, when.length(), label + line));
      label = " ".repeat(when.length());
    }
  }

  private void older(List<TextLine> lines) {
    if (view.loading()) {
      lines.add(TextLine.BLANK);
      boolean first = view.history().isEmpty();
      String what = first ? "comments and history" : "what is older";
      lines.add(new TextLine(Kind.QUIET, "Fetching " + what + " …"));
    } else if (view.more()) {
      lines.add(TextLine.BLANK);
      lines.add(new TextLine(Kind.QUIET, "Scroll on for what is older."));
    }
  }
}
