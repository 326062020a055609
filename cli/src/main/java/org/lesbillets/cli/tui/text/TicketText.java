package org.lesbillets.cli.tui.text;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TextLine.Kind;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * The lines of a ticket: title, fields, description. Pure.
 *
 * @param lease the deadline of its lock; null for no lock
 * @param zone the time zone for display
 */
public record TicketText(Ticket ticket, LeaseDeadline lease, Now now, ZoneId zone) {
  private static final int LABEL = 11;
  private static final int LEAST_VALUE = 8;

  /** The fields on lines of their own. */
  private static final List<TicketField<?>> FIRST =
      List.of(
          TicketField.TITLE,
          TicketField.DESCRIPTION,
          TicketField.STATUS,
          TicketField.PRIORITY,
          TicketField.ASSIGNEE);

  private static final String BETWEEN = " · ";

  private HumanTime time() {
    return new HumanTime(Clock.fixed(now.wall(), zone));
  }

  /** Number and title. */
  public List<TextLine> heading(int columns) {
    return lines(Kind.HEADING, "#" + ticket.number() + " " + ticket.content().title(), columns);
  }

  /** The title alone. */
  public List<TextLine> title(int columns) {
    return lines(Kind.HEADING, ticket.content().title(), columns);
  }

  /** A sentence, wrapped. */
  static List<TextLine> lines(Kind kind, String sentence, int columns) {
    return CellText.wrap(ShownText.line(sentence), Math.max(1, columns)).stream()
        .map(line -> new TextLine(kind, line))
        .toList();
  }

  /** The fields with a value, with their names. */
  public List<TextLine> facts(int columns) {
    Facts facts = new Facts(columns);
    TicketContent content = ticket.content();
    facts.add("status", ticket.isOpen() ? Kind.GOOD : Kind.QUIET, content.status().wireName());
    lock(facts);
    facts.add("priority", kind(content.priority()), content.priority().wireName());
    facts.add("assignee", content.assignee() == null ? "nobody" : content.assignee().value());
    rest(facts);
    stamps(facts);
    return facts.lines;
  }

  /** The fields with a value, without their names, on few lines. */
  List<TextLine> compact(int columns) {
    TicketContent content = ticket.content();
    String whose = content.assignee() == null ? "for nobody yet" : "for " + content.assignee();
    Kind kind = ticket.isOpen() ? kind(content.priority()) : Kind.QUIET;
    String status = content.status().wireName() + BETWEEN + content.priority().wireName();
    List<TextLine> lines = new ArrayList<>(lines(kind, status + BETWEEN + whose, columns));
    if (ticket.isLocked()) {
      Kind ends = ending() ? Kind.ALARM : Kind.CAUTION;
      lines.addAll(lines(ends, "locked " + lock(ticket.lock()), columns));
    }
    if (ticket.isAsleep()) {
      lines.addAll(lines(Kind.QUIET, asleep(), columns));
    }
    flow(lines, columns);
    return lines;
  }

  /** The less important values, as many to a line as fit. */
  private void flow(List<TextLine> lines, int columns) {
    TicketContent content = ticket.content();
    List<String> parts = new ArrayList<>();
    add(parts, "", String.join(", ", content.tags()));
    add(parts, "from ", content.requester());
    add(parts, "", content.reference());
    add(parts, "created ", ago(ticket.created()));
    add(parts, "updated ", ticket.updated().equals(ticket.created()) ? "" : ago(ticket.updated()));
    String line = "";
    for (String part : parts) {
      String longer = line.isEmpty() ? part : line + BETWEEN + part;
      if (!line.isEmpty() && CellText.width(longer) > columns) {
        lines.addAll(lines(Kind.QUIET, line, columns));
        longer = part;
      }
      line = longer;
    }
    lines.addAll(lines(Kind.QUIET, line, columns));
  }

  private static void add(List<String> parts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      parts.add(name + ShownText.line(value));
    }
  }

  private String ago(Stamp stamp) {
    return ago(stamp.at()) + " by " + stamp.by();
  }

  private void lock(Facts facts) {
    if (ticket.isLocked()) {
      facts.add("locked", ending() ? Kind.ALARM : Kind.CAUTION, lock(ticket.lock()));
    }
  }

  private void rest(Facts facts) {
    if (ticket.isAsleep()) {
      facts.add("asleep", Kind.QUIET, asleep());
    }
    for (TicketField<?> field : TicketField.EDITED) {
      if (!FIRST.contains(field) && !field.type().isTime()) {
        facts.add(field.wireName(), ticket.content().text(field));
      }
    }
  }

  private String asleep() {
    return "zzz until " + time().moment(ticket.content().wakeAt());
  }

  private void stamps(Facts facts) {
    facts.add("created", stamp(ticket.created()));
    if (!ticket.updated().equals(ticket.created())) {
      facts.add("updated", stamp(ticket.updated()));
    }
  }

  /** The description; empty for none. */
  public List<TextLine> description(int columns) {
    String text = ticket.content().description();
    return text == null || text.isBlank() ? List.of() : block(text, columns, "");
  }

  /** A text of several lines, wrapped behind an indent. */
  static List<TextLine> block(String text, int columns, String indent) {
    List<TextLine> lines = new ArrayList<>();
    int cells = Math.max(1, columns - indent.length());
    for (String line : CellText.wrap(ShownText.block(text.strip()), cells)) {
      lines.add(new TextLine(Kind.TEXT, line.isEmpty() ? line : indent + line));
    }
    return lines;
  }

  /** The kind of line that a priority is shown as. */
  public static Kind kind(Priority priority) {
    return switch (priority) {
      case LOW -> Kind.QUIET;
      case NORMAL -> Kind.TEXT;
      case HIGH -> Kind.CAUTION;
      case URGENT -> Kind.ALARM;
    };
  }

  private boolean ending() {
    return lease != null && lease.isEnding(now);
  }

  private String lock(TicketLock lock) {
    String client = lock.client() == null ? "" : " in the " + lock.client();
    String left = lease == null ? "" : ", " + lease.countdown(now) + " left";
    String note = lock.note() == null ? "" : ": \"" + lock.note() + '"';
    String age = time().age(lock.since());
    String held = age.equals("now") ? "" : " for " + age;
    return "by " + lock.holder() + client + held + left + (ending() ? ", ends soon" : "") + note;
  }

  private String stamp(Stamp stamp) {
    return time().day(stamp.at()) + " by " + stamp.by() + ", " + ago(stamp.at());
  }

  /** A time, and how long ago it was. */
  String when(Instant at) {
    return time().day(at) + ", " + ago(at);
  }

  /** How long ago a time was. */
  String ago(Instant at) {
    String age = time().age(at);
    return age.equals("now") ? age : age + " ago";
  }

  /** Names and values in two columns. */
  private static final class Facts {
    private final List<TextLine> lines = new ArrayList<>();
    private final int cells;

    Facts(int columns) {
      this.cells = Math.max(LEAST_VALUE, columns - LABEL);
    }

    void add(String name, String value) {
      add(name, Kind.TEXT, value);
    }

    void add(String name, Kind kind, String value) {
      if (value != null && !value.isEmpty()) {
        String label = name;
        for (String line : CellText.wrap(ShownText.line(value), cells)) {
          lines.add(new TextLine(kind, LABEL, CellText.padRight(label, LABEL) + line));
          label = "";
        }
      }
    }
  }
}
