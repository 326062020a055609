package org.lesbillets.cli.output;

import java.util.List;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Printer of ticket numbers or names, one a line, for shell loops. A resync has none and prints
 * nothing. Confined to one thread.
 */
public final class IdPrinter implements ResultPrinter {
  private final Console console;

  public IdPrinter(Console console) {
    this.console = console;
  }

  /** A ticket's number. */
  public void number(long number) {
    console.printLine(Long.toString(number));
  }

  private void number(Ticket ticket) {
    number(ticket.number());
  }

  private void number(EventMessage event) {
    number(event.event().event().ticket());
  }

  @Override
  public void listed(List<Ticket> tickets) {
    tickets.forEach(this::number);
  }

  @Override
  public void locks(List<Ticket> tickets) {
    tickets.forEach(this::number);
  }

  @Override
  public void shown(List<TicketReport> reports, boolean several) {
    reports.forEach(report -> number(report.ticket()));
  }

  @Override
  public void fields(List<Ticket> tickets, String name, boolean several) {
    tickets.forEach(this::number);
  }

  @Override
  public void history(TicketReport report) {
    report.history().forEach(event -> number(event.event().ticket()));
  }

  @Override
  public void created(EventMessage done) {
    number(done);
  }

  @Override
  public void changed(List<EventMessage> done, boolean several) {
    done.forEach(this::number);
  }

  @Override
  public void locked(EventMessage done) {
    number(done);
  }

  @Override
  public void claimed(EventMessage done) {
    number(done);
  }

  @Override
  public void reached(Ticket ticket, String state) {
    number(ticket);
  }

  @Override
  public void watched(EventMessage event) {
    number(event);
  }

  @Override
  public void watched(TicketMatch match) {
    number(match.ticket());
  }

  @Override
  public void present(Ticket ticket) {
    number(ticket);
  }

  @Override
  public void current(ResumePoint at) {}

  @Override
  public void resync(ResumePoint at) {}

  /** The tickets whose lock the agent holds, the one that ends first first. */
  @Override
  public void status(StatusReport status) {
    status.held().forEach(held -> console.printLine(Long.toString(held.number())));
  }

  @Override
  public void batched(BatchReport report) {
    if (report.isDone()) {
      AnswerWords.tickets(report.answer()).forEach(this::number);
    }
  }

  /** An import is counted, not listed. */
  @Override
  public void imported(ImportReport report) {}

  /** The tag of the tickets it changed. */
  @Override
  public void benched(BenchReport report) {
    console.printLine(report.tag());
  }

  @Override
  public void identity(IdentityReport identity) {
    console.printLine(identity.name().value());
  }

  /** The names of the checks that found something wrong. */
  @Override
  public void findings(List<Finding> findings) {
    findings.stream()
        .filter(finding -> finding.state() != Finding.State.OK)
        .forEach(finding -> console.printLine(finding.check()));
  }

  @Override
  public void sessions(List<AdminAnswer.Session> sessions) {
    sessions.forEach(session -> console.printLine(session.id()));
  }

  @Override
  public void administered(AdminReport report) {}

  @Override
  public void contexts(List<ContextReport> contexts) {
    contexts.forEach(this::context);
  }

  @Override
  public void context(ContextReport context) {
    console.printLine(context.name());
  }

  @Override
  public void contextChanged(ContextReport context, String sentence) {
    context(context);
  }
}
