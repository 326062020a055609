package org.lesbillets.cli.output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Printer of fields between tabs, without a header, for scripts: the columns never change. A change
 * prints only what a script needs: the number of a new ticket, the token of a lock, both of a
 * claim.
 */
public final class TsvPrinter implements ResultPrinter {
  private final PrintStyle style;

  public TsvPrinter(PrintStyle style) {
    this.style = style;
  }

  private void row(Object... fields) {
    StringJoiner line = new StringJoiner("\t");
    for (Object field : fields) {
      line.add(text(field));
    }
    style.console().printLine(line.toString());
  }

  private String text(Object field) {
    String text = TsvText.escape(field instanceof Instant at ? WireTime.format(at) : or(field));
    String filled = text.isEmpty() ? style.empty() : text;
    return style.isTerminal() ? PlainText.line(filled) : filled;
  }

  private static String or(Object field) {
    return field == null ? "" : field.toString();
  }

  @Override
  public void listed(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      row(
          ticket.number(),
          TicketWords.status(ticket),
          holder(ticket.lock()),
          ticket.content().priority().wireName(),
          ticket.content().assignee(),
          ticket.updated().at(),
          ticket.content().title());
    }
  }

  private static AgentName holder(TicketLock lock) {
    return lock == null ? null : lock.holder();
  }

  /** Number, holder, token, since, milliseconds left, waiting, client, note, title. */
  @Override
  public void locks(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      TicketLock lock = ticket.lock();
      if (lock != null) {
        row(
            ticket.number(),
            lock.holder(),
            lock.token(),
            lock.since(),
            lock.expiresIn().toMillis(),
            lock.waiting(),
            lock.client(),
            lock.note(),
            ticket.content().title());
      }
    }
  }

  /** A line for each value, then one for each comment and each event, ticket by ticket. */
  @Override
  public void shown(List<TicketReport> reports, boolean several) {
    reports.forEach(this::shown);
  }

  private void shown(TicketReport report) {
    TicketFields.flat(report.ticket()).forEach(entry -> row(entry.getKey(), entry.getValue()));
    report.comments().forEach(c -> row("comment", c.id(), c.at(), c.by(), c.text()));
    if (report.history() != null) {
      report.history().forEach(event -> event("event\t", event));
    }
  }

  /** Bare: as it is, for a script to take; of several tickets a line each, as in a column. */
  @Override
  public void fields(List<Ticket> tickets, String name, boolean several) {
    for (Ticket ticket : tickets) {
      if (several) {
        row(TicketFields.column(TicketFields.value(ticket, name)));
      } else {
        String bare = String.join("\n", TicketFields.bare(TicketFields.value(ticket, name)));
        style.console().printLine(style.isTerminal() ? PlainText.block(bare) : bare);
      }
    }
  }

  @Override
  public void history(TicketReport report) {
    report.history().forEach(event -> event("", event));
  }

  /** Revision, time, agent, type, number, title, and what happened in words. */
  private void event(String prefix, SequencedEvent sequenced) {
    style.console().print(prefix);
    row(fields(sequenced).toArray());
  }

  private static List<Object> fields(SequencedEvent sequenced) {
    WireEvent event = sequenced.event();
    List<Object> fields = new ArrayList<>();
    fields.add(sequenced.revision());
    fields.add(event.at());
    fields.add(event.by());
    fields.add(event.type());
    fields.add(event.ticket().number());
    fields.add(event.ticket().content().title());
    fields.add(EventSentence.what(event));
    return fields;
  }

  @Override
  public void created(EventMessage done) {
    row(done.event().event().ticket().number());
  }

  @Override
  public void changed(List<EventMessage> done, boolean several) {}

  @Override
  public void locked(EventMessage done) {
    TicketLock lock = done.event().event().ticket().lock();
    row(lock == null ? null : lock.token());
  }

  @Override
  public void claimed(EventMessage done) {
    Ticket ticket = done.event().event().ticket();
    row(ticket.number(), ticket.lock() == null ? null : ticket.lock().token());
  }

  @Override
  public void reached(Ticket ticket, String state) {}

  /** The columns of a history, and the match of the query, empty without one. */
  @Override
  public void watched(EventMessage event) {
    List<Object> fields = fields(event.event());
    fields.add(event.match() == null ? null : event.match().wireName());
    row(fields.toArray());
  }

  @Override
  public void watched(TicketMatch match) {
    Ticket ticket = match.ticket();
    String what = EventSentence.what(match);
    String title = ticket.content().title();
    row(
        match.revision(),
        match.at(),
        null,
        "TicketMatch",
        ticket.number(),
        title,
        what,
        match.match().wireName());
  }

  @Override
  public void present(Ticket ticket) {
    row(
        ticket.revision(),
        ticket.updated().at(),
        ticket.updated().by(),
        "Ticket",
        ticket.number(),
        ticket.content().title(),
        TicketWords.status(ticket),
        null);
  }

  @Override
  public void current(ResumePoint at) {
    row("current", at.journalId(), at.revision());
  }

  @Override
  public void resync(ResumePoint at) {
    row("resync", at.journalId(), at.revision());
  }

  /** Line, "ok" or the code of a failure, the ticket's number if there is one, and words. */
  @Override
  public void batched(BatchReport report) {
    row(
        report.line(),
        report.isDone() ? "ok" : report.failureCode(),
        report.isDone() ? AnswerWords.number(report.answer()) : null,
        report.isDone() ? AnswerWords.what(report.answer()) : report.failureMessage());
  }

  /** How many were created, were there already, failed, and got another number. */
  @Override
  public void imported(ImportReport report) {
    row(report.created(), report.present(), report.failed(), report.renumbered());
  }

  /** Open, mine, locked, the ticket whose lock ends first, milliseconds left of it, age of all. */
  @Override
  public void status(StatusReport status) {
    StatusReport.HeldTicket next = status.next();
    row(
        status.counts().open(),
        status.counts().mine(),
        status.held().size(),
        next == null ? null : next.number(),
        next == null ? null : next.left().toMillis(),
        status.age().toMillis());
  }

  /** Name, role, server, how one is known. */
  @Override
  public void identity(IdentityReport identity) {
    row(identity.name(), identity.role().wireName(), identity.server(), identity.knownBy());
  }

  /** State, check, what was found, cure. */
  @Override
  public void findings(List<Finding> findings) {
    findings.forEach(f -> row(f.state().wireName(), f.check(), f.found(), f.cure()));
  }

  /** Id, agent, role, where it connects from, since when, bytes it has yet to read. */
  @Override
  public void sessions(List<AdminAnswer.Session> sessions) {
    for (AdminAnswer.Session session : sessions) {
      row(
          session.id(),
          session.agent(),
          session.role().wireName(),
          session.client(),
          session.since(),
          session.behindBytes());
    }
  }

  /** A line for each figure: its name, and its value. */
  @Override
  public void benched(BenchReport report) {
    report.values().forEach((name, value) -> row(name, value));
  }

  @Override
  public void administered(AdminReport report) {}

  /** Name, whether it is in use, servers, token file, token command, timeout in milliseconds. */
  @Override
  public void contexts(List<ContextReport> contexts) {
    for (ContextReport context : contexts) {
      row(context.fields().values().toArray());
    }
  }

  /** A line for each value. */
  @Override
  public void context(ContextReport context) {
    context.fields().forEach((name, value) -> row(name, value));
  }

  @Override
  public void contextChanged(ContextReport context, String sentence) {}
}
