package org.lesbillets.cli.tui.text;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TextLine.Kind;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/**
 * The lines of the detail screen: the ticket, its comments and its history, the newest first, so
 * that older pages are added at the end. Pure.
 *
 * @param ticket its present version
 * @param view its comments and its history, as far as they are loaded
 * @param lease the deadline of its lock; null for no lock
 * @param zone the time zone for display
 */
public record DetailText(
    Ticket ticket, DetailView view, LeaseDeadline lease, Now now, ZoneId zone) {
  private static final String INDENT = "  ";
  private static final int LEAST_WORDS = 20;

  /** As wide as a time, for an event without one. */
  private static final String NO_TIME = " ".repeat(16);

  /** The longest line that is easy to read. */
  private static final int WIDEST = 120;

  /** All lines, none wider than {@code screenColumns}, which should be 38 or more. */
  public List<TextLine> lines(int screenColumns) {
    int columns = Math.min(screenColumns, WIDEST);
    List<TextLine> lines = above(columns);
    comments(lines, columns, null);
    history(lines, columns);
    older(lines, columns);
    return lines;
  }

  /** The index of the first line of a comment. */
  public int place(Comment comment, int screenColumns) {
    int columns = Math.min(screenColumns, WIDEST);
    List<TextLine> lines = above(columns);
    comments(lines, columns, comment);
    return lines.size();
  }

  /** The lines above the comments. */
  private List<TextLine> above(int columns) {
    TicketText text = text();
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
      lines.addAll(TicketText.lines(Kind.CAUTION, view.trouble(), columns));
    }
    return lines;
  }

  private TicketText text() {
    return new TicketText(ticket, lease, now, zone);
  }

  /**
   * Adds the comments.
   *
   * @param until the comment to stop at; null for none
   */
  private void comments(List<TextLine> lines, int columns, Comment until) {
    boolean missing = ticket.commentCount() > 0 && !view.loading();
    if (view.comments().isEmpty() && !missing) {
      return;
    }
    lines.add(TextLine.BLANK);
    lines.addAll(TicketText.lines(Kind.HEADING, "Comments" + counted(), columns));
    for (int i = view.comments().size() - 1; i >= 0; i--) {
      Comment comment = view.comments().get(i);
      if (until != null && comment.id() == until.id()) {
        return;
      }
      head(lines, comment.by().value(), text().when(comment.at()), columns);
      lines.addAll(TicketText.block(comment.text(), columns, INDENT));
    }
  }

  /** Author and time of a comment; a long name has a line for itself. */
  private static void head(List<TextLine> lines, String who, String when, int columns) {
    String head = who + ", " + when;
    if (head.length() <= columns) {
      lines.add(new TextLine(Kind.QUIET, who.length(), head));
    } else {
      for (String part : CellText.wrap(who + ",", columns)) {
        lines.add(new TextLine(Kind.QUIET, part.length(), part));
      }
      lines.add(new TextLine(Kind.QUIET, when));
    }
  }

  private String counted() {
    int here = view.comments().size();
    String all = here < ticket.commentCount() ? " of " + ticket.commentCount() : "";
    return " (" + here + all + (here > 1 ? ", the newest first)" : ")");
  }

  private void history(List<TextLine> lines, int columns) {
    List<SequencedEvent> events =
        view.history().stream().filter(one -> !one.event().isRenewal()).toList();
    if (events.isEmpty()) {
      return;
    }
    lines.add(TextLine.BLANK);
    lines.add(new TextLine(Kind.HEADING, "History (the newest first)"));
    HumanTime time = new HumanTime(Clock.fixed(now.wall(), zone));
    for (int i = events.size() - 1; i >= 0; i--) {
      Instant at = events.get(i).event().at();
      String when = at == null ? NO_TIME : time.day(at);
      String what = EventSentence.whoAndWhat(events.get(i).event(), time);
      event(lines, when + INDENT, ShownText.line(what), columns);
    }
  }

  private static void event(List<TextLine> lines, String when, String what, int columns) {
    String label = when;
    for (String line : CellText.wrap(what, Math.max(LEAST_WORDS, columns - when.length()))) {
      lines.add(new TextLine(Kind.TEXT, when.length(), label + line));
      label = " ".repeat(when.length());
    }
  }

  private void older(List<TextLine> lines, int columns) {
    if (view.loading()) {
      lines.add(TextLine.BLANK);
      boolean first = view.history().isEmpty();
      String what = first ? "comments and history" : "what is older";
      lines.add(new TextLine(Kind.QUIET, "Fetching " + what + " …"));
    } else if (view.more()) {
      lines.add(TextLine.BLANK);
      lines.addAll(TicketText.lines(Kind.QUIET, "Scroll on for what is older.", columns));
    }
  }
}
