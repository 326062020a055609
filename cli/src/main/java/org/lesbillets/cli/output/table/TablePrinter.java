package org.lesbillets.cli.output.table;

import com.google.gson.JsonElement;
import java.util.List;
import org.lesbillets.cli.output.AdminReport;
import org.lesbillets.cli.output.AnswerWords;
import org.lesbillets.cli.output.BatchReport;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.cli.output.ContentDiff;
import org.lesbillets.cli.output.ContextReport;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.output.Finding;
import org.lesbillets.cli.output.IdentityReport;
import org.lesbillets.cli.output.ImportReport;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.output.TicketFields;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.cli.output.TicketWords;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Printer for people: tables that fit the screen, and sentences. */
public final class TablePrinter implements ResultPrinter {

  /** In a pipe nothing is cut. */
  private static final int LONGEST = Integer.MAX_VALUE;

  private final PrintStyle style;
  private final HumanTime time;

  public TablePrinter(PrintStyle style) {
    this.style = style;
    this.time = new HumanTime(style.clock());
  }

  private void print(Table table) {
    table.fill(style.empty());
    table.lines(style.width(), style.colour()).forEach(style.console()::printLine);
  }

  @Override
  public void listed(List<Ticket> tickets) {
    if (tickets.isEmpty()) {
      style.console().say("No ticket matches.");
      return;
    }
    Table table =
        new Table(
            Column.number("#", 0),
            Column.whole("STATUS", 0),
            Column.whole("PRIORITY", 2),
            Column.cut("HOLDER", 3, 10),
            Column.cut("ASSIGNEE", 4, 10),
            Column.number("AGE", 5),
            Column.cut("TITLE", 0, 20));
    tickets.forEach(ticket -> table.row(cells(ticket)));
    print(table);
  }

  private Cell[] cells(Ticket ticket) {
    return new Cell[] {
      Cell.of(Long.toString(ticket.number())),
      Cell.in(TicketWords.tone(ticket), TicketWords.status(ticket)),
      Cell.in(
          TicketWords.tone(ticket.content().priority()), ticket.content().priority().wireName()),
      Cell.of(ticket.isLocked() ? ticket.lock().holder().value() : ""),
      Cell.of(ticket.content().assignee() == null ? "" : ticket.content().assignee().value()),
      Cell.in(TextTone.QUIET, time.age(ticket.created().at())),
      Cell.of(ticket.content().title())
    };
  }

  @Override
  public void locks(List<Ticket> tickets) {
    if (tickets.isEmpty()) {
      style.console().say("No ticket is locked.");
      return;
    }
    print(LockTable.of(tickets, time));
  }

  @Override
  public void shown(List<TicketReport> reports, boolean several) {
    for (int i = 0; i < reports.size(); i++) {
      if (i > 0) {
        line("");
      }
      new TicketDetailView(reports.get(i), style).lines().forEach(this::line);
    }
  }

  @Override
  public void fields(List<Ticket> tickets, String name, boolean several) {
    for (Ticket ticket : tickets) {
      JsonElement value = TicketFields.value(ticket, name);
      line(
          several
              ? PlainText.line(TicketFields.column(value))
              : PlainText.block(String.join("\n", TicketFields.bare(value))));
    }
  }

  @Override
  public void history(TicketReport report) {
    TicketDetailView sheet = new TicketDetailView(report, style);
    report.history().forEach(event -> sheet.event(event).forEach(style.console()::printLine));
  }

  @Override
  public void difference(TicketContent before, TicketContent after) {
    ContentDiff.lines(before, after, style.colour()).forEach(style.console()::printLine);
    style.console().flush();
  }

  @Override
  public void created(EventMessage done) {
    sentence(done, ".");
  }

  @Override
  public void changed(List<EventMessage> done, boolean several) {
    done.forEach(event -> sentence(event, "."));
  }

  @Override
  public void locked(EventMessage done) {
    TicketLock lock = done.event().event().ticket().lock();
    sentence(done, lock == null ? "." : ". Its token is " + lock.token() + ".");
  }

  @Override
  public void claimed(EventMessage done) {
    locked(done);
  }

  @Override
  public void reached(Ticket ticket, String state) {
    style.console().printLine(about(ticket, "#" + ticket.number() + " is " + state) + ".");
  }

  /** What was done to which ticket, as a sentence. */
  private void sentence(EventMessage done, String end) {
    WireEvent fact = done.event().event();
    String what = about(fact.ticket(), EventSentence.what(fact, time));
    style.console().printLine(Character.toUpperCase(what.charAt(0)) + what.substring(1) + end);
  }

  @Override
  public void watched(EventMessage event) {
    WireEvent fact = event.event().event();
    String what = about(fact.ticket(), EventSentence.whoAndWhat(fact, time));
    watchLine(TextTone.QUIET, time.second(fact.at()), match(event.match()) + what);
  }

  @Override
  public void watched(TicketMatch match) {
    String what = match(match.match()) + about(match.ticket(), EventSentence.what(match));
    watchLine(TextTone.QUIET, time.second(match.at()), what);
  }

  private static String about(Ticket ticket, String what) {
    return PlainText.line(what + " (" + ticket.content().title() + ")");
  }

  /** A line that fits the screen, where there is one; what is before it has eight cells. */
  private void watchLine(TextTone tone, String before, String what) {
    int room = style.isTerminal() ? Math.max(20, style.width() - 10) : LONGEST;
    style.console().print(tone.paint(CellText.padRight(before, 8), style.colour()));
    style.console().printLine("  " + CellText.cut(what, room));
  }

  /** A column for a watch with a query, filled only where it changed. */
  private static String match(Match match) {
    if (match == null) {
      return "";
    }
    String said = match == Match.STAYS ? "" : match.wireName();
    return CellText.padRight(said, Match.ENTERED.wireName().length()) + "  ";
  }

  @Override
  public void present(Ticket ticket) {
    String what = "#" + ticket.number() + " is " + TicketWords.status(ticket);
    watchLine(TextTone.QUIET, "ticket", about(ticket, what));
  }

  @Override
  public void current(ResumePoint at) {
    watchLine(TextTone.QUIET, "current", "these are all at revision " + at.revision());
  }

  @Override
  public void resync(ResumePoint at) {
    String what = "from revision " + at.revision() + " on: the server no longer knows what came";
    watchLine(TextTone.CAUTION, "resync", what + " in between");
  }

  @Override
  public void status(StatusReport status) {
    print(StatusTable.of(status));
  }

  @Override
  public void identity(IdentityReport identity) {
    IdentityLines.of(identity).forEach(this::line);
  }

  @Override
  public void batched(BatchReport report) {
    TextTone tone = report.isDone() ? TextTone.QUIET : TextTone.CAUTION;
    String place = tone.paint("line " + report.line(), style.colour());
    String words =
        report.isDone()
            ? AnswerWords.what(report.answer())
            : report.failureCode() + ": " + report.failureMessage();
    line(place + "  " + PlainText.line(words));
  }

  @Override
  public void imported(ImportReport report) {
    line(report.sentence());
  }

  @Override
  public void benched(BenchReport report) {
    print(BenchTable.of(report));
    line("");
    BenchTable.lines(report).forEach(this::line);
  }

  @Override
  public void findings(List<Finding> findings) {
    FindingLines.of(findings, style).forEach(this::line);
  }

  @Override
  public void sessions(List<AdminAnswer.Session> sessions) {
    print(SessionTable.table(sessions, time));
  }

  @Override
  public void administered(AdminReport report) {
    line(PlainText.line(report.sentence()));
  }

  @Override
  public void contexts(List<ContextReport> contexts) {
    if (contexts.isEmpty()) {
      style.console().say("There is no context yet: billets context add makes one.");
      return;
    }
    print(ContextTable.table(contexts));
  }

  private void line(String line) {
    style.console().printLine(line);
  }

  @Override
  public void context(ContextReport context) {
    ContextTable.lines(context).forEach(this::line);
  }

  @Override
  public void contextChanged(ContextReport context, String sentence) {
    line(PlainText.line(sentence));
  }
}
