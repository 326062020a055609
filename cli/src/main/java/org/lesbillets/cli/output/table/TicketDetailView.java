package org.lesbillets.cli.output.table;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.cli.output.TicketWords;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** One ticket for people: fields, lock, description, comments, events. Confined to one thread. */
final class TicketDetailView {
  private static final int LABEL = 11;
  private static final int LEAST_WIDTH = 30;
  private static final String INDENT = "  ";

  private final TicketReport report;
  private final HumanTime time;
  private final boolean colour;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  TicketDetailView(TicketReport report, PrintStyle style) {
    this.report = report;
    this.time = new HumanTime(style.clock());
    this.colour = style.colour();
    this.width = Math.max(LEAST_WIDTH, style.width());
  }

  List<String> lines() {
    head();
    facts();
    description();
    comments();
    history();
    return lines;
  }

  private void head() {
    Ticket ticket = report.ticket();
    String title = PlainText.line("#" + ticket.number() + " " + ticket.content().title());
    CellText.wrap(title, width).forEach(l -> lines.add(TextTone.HEADING.paint(l, colour)));
    lines.add("");
  }

  private void facts() {
    Ticket ticket = report.ticket();
    for (TicketField<?> field : TicketField.ALL) {
      if (field != TicketField.TITLE && field != TicketField.DESCRIPTION) {
        fact(field.wireName(), tone(field), text(field));
      }
      if (field == TicketField.STATUS && ticket.isLocked()) {
        fact("lock", TextTone.CAUTION, lock(ticket.lock()));
      }
    }
    fact("created", TextTone.PLAIN, stamp(ticket.created()));
    fact("updated", TextTone.PLAIN, stamp(ticket.updated()));
    fact("revision", TextTone.PLAIN, Long.toString(ticket.revision()));
    fact("id", TextTone.PLAIN, ticket.id().toString());
  }

  private TextTone tone(TicketField<?> field) {
    Ticket ticket = report.ticket();
    if (field == TicketField.STATUS) {
      return ticket.isOpen() ? TextTone.GOOD : TextTone.QUIET;
    }
    if (field == TicketField.PRIORITY) {
      return TicketWords.tone(ticket.content().priority());
    }
    return field == TicketField.ATTEMPTS ? TextTone.CAUTION : TextTone.PLAIN;
  }

  /** The value of a field; nothing for a count of 0. */
  private String text(TicketField<?> field) {
    TicketContent content = report.ticket().content();
    return switch (field.type().form()) {
      case LIST -> String.join(", ", content.tags());
      case NUMBER -> content.isEmpty(field) ? "" : content.text(field);
      case TITLE, LINE, BLOCK, WORD -> content.text(field);
    };
  }

  private void fact(String name, TextTone tone, String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    String label = CellText.padRight(name, LABEL);
    for (String line : CellText.wrap(PlainText.line(value), width - LABEL)) {
      lines.add(TextTone.QUIET.paint(label, colour) + tone.paint(line, colour));
      label = " ".repeat(LABEL);
    }
  }

  private String lock(TicketLock lock) {
    String note = lock.note() == null ? "" : ": \"" + lock.note() + '"';
    String client = lock.client() == null ? "" : " in the " + lock.client();
    String waiting = lock.waiting() == 0 ? "" : ", " + lock.waiting() + " waiting";
    return "held by "
        + lock.holder()
        + client
        + " since "
        + time.day(lock.since())
        + ", "
        + HumanTime.length(lock.expiresIn())
        + " left"
        + waiting
        + " (token "
        + lock.token()
        + ")"
        + note;
  }

  private String stamp(Stamp stamp) {
    return time.day(stamp.at()) + " by " + stamp.by() + ", " + ago(stamp);
  }

  private String ago(Stamp stamp) {
    String age = time.age(stamp.at());
    return age.equals("now") ? age : age + " ago";
  }

  private void description() {
    String description = report.ticket().content().description();
    if (description != null && !description.isBlank()) {
      lines.add("");
      block(description);
    }
  }

  private void block(String text) {
    for (String line : CellText.wrap(PlainText.block(text.stripTrailing()), width - 2)) {
      lines.add((INDENT + line).stripTrailing());
    }
  }

  private void comments() {
    for (Comment comment : report.comments()) {
      lines.add("");
      String head = comment.by() + ", " + time.day(comment.at());
      lines.add(TextTone.HEADING.paint(head, colour));
      block(comment.text());
    }
  }

  private void history() {
    if (report.history() != null) {
      lines.add("");
      report.history().forEach(event -> lines.addAll(event(event)));
    }
  }

  /** An event, its words hanging beside its time, or below it where there is no room. */
  List<String> event(SequencedEvent event) {
    String when = time.day(event.event().at());
    String label = CellText.padLeft(Long.toString(event.revision()), 6) + "  " + when + "  ";
    String what = PlainText.line(EventSentence.whoAndWhat(event.event(), time));
    List<String> said = new ArrayList<>();
    if (width - label.length() < LEAST_WIDTH) {
      said.add(TextTone.QUIET.paint(label.stripTrailing(), colour));
      CellText.wrap(what, width - INDENT.length()).forEach(line -> said.add(INDENT + line));
      return said;
    }
    for (String line : CellText.wrap(what, width - label.length())) {
      said.add(
          said.isEmpty()
              ? TextTone.QUIET.paint(label, colour) + line
              : " ".repeat(label.length()) + line);
    }
    return said;
  }
}
