package org.lesbillets.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Printer of JSON with the wire's field names: one array or object, or one object a line. Control
 * characters are escaped by JSON itself. The array of a batch or a watch is streamed: its elements
 * are printed one by one, and its end when they are over. Confined to one thread.
 */
public final class JsonPrinter implements ResultPrinter {
  private final Console console;
  private final boolean lines;

  /** Whether a batch has begun its array. */
  private boolean batched;

  /** Whether a watch has begun its array. */
  private boolean begun;

  private JsonPrinter(Console console, boolean lines) {
    this.console = console;
    this.lines = lines;
  }

  public static JsonPrinter whole(Console console) {
    return new JsonPrinter(console, false);
  }

  public static JsonPrinter lines(Console console) {
    return new JsonPrinter(console, true);
  }

  private void one(JsonElement json) {
    console.printLine(lines ? WireJson.line(json) : WireJson.page(json));
  }

  private void many(Stream<? extends JsonElement> elements) {
    if (lines) {
      elements.forEach(this::one);
      return;
    }
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    one(array);
  }

  /** Prints a text that was asked for under a name. */
  public void text(String name, String text) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("text", text);
    one(json);
  }

  @Override
  public void listed(List<Ticket> tickets) {
    if (lines) {
      tickets.forEach(ticket -> console.printLine(WireJson.line(ticket)));
    } else {
      many(tickets.stream().map(WireJson::ticket));
    }
  }

  @Override
  public void locks(List<Ticket> tickets) {
    listed(tickets);
  }

  /** An array where several were asked for. */
  private void severalOrOne(Stream<? extends JsonElement> elements, boolean several) {
    if (several) {
      many(elements);
    } else {
      elements.forEach(this::one);
    }
  }

  @Override
  public void shown(List<TicketReport> reports, boolean several) {
    severalOrOne(reports.stream().map(JsonPrinter::whole), several);
  }

  private static JsonObject whole(TicketReport report) {
    JsonObject ticket = WireJson.ticket(report.ticket());
    JsonArray comments = new JsonArray();
    report.comments().forEach(c -> comments.add(WireJson.comment(report.ticket(), c)));
    ticket.add("comments", comments);
    if (report.history() != null) {
      JsonArray history = new JsonArray();
      report.history().forEach(event -> history.add(WireJson.event(event)));
      ticket.add("history", history);
    }
    return ticket;
  }

  @Override
  public void fields(List<Ticket> tickets, String name, boolean several) {
    severalOrOne(tickets.stream().map(ticket -> TicketFields.value(ticket, name)), several);
  }

  @Override
  public void history(TicketReport report) {
    many(report.history().stream().map(WireJson::event));
  }

  @Override
  public void created(EventMessage done) {
    one(WireJson.ticket(done));
  }

  @Override
  public void changed(List<EventMessage> done, boolean several) {
    severalOrOne(done.stream().map(WireJson::ticket), several);
  }

  @Override
  public void unchanged(Supplier<Ticket> ticket) {
    one(WireJson.ticket(ticket.get()));
  }

  @Override
  public void locked(EventMessage done) {
    JsonObject ticket = WireJson.ticket(done);
    JsonObject result = new JsonObject();
    result.add("ticketId", ticket.get("id"));
    result.add("number", ticket.get("number"));
    result.add("lock", ticket.get("lock"));
    one(result);
  }

  @Override
  public void claimed(EventMessage done) {
    locked(done);
  }

  @Override
  public void reached(Ticket ticket, String state) {
    one(WireJson.ticket(ticket));
  }

  @Override
  public void watched(EventMessage event) {
    next(WireJson.event(event));
  }

  @Override
  public void watched(TicketMatch match) {
    next(WireJson.match(match));
  }

  @Override
  public void present(Ticket ticket) {
    next(WatchLine.present(ticket));
  }

  @Override
  public void current(ResumePoint at) {
    next(WatchLine.place("Current", at));
  }

  @Override
  public void resync(ResumePoint at) {
    next(WatchLine.place("resync", at));
  }

  /** Prints the next element of an array as a stream. */
  private void next(JsonObject json) {
    if (!lines) {
      console.printLine(begun ? "," : "[");
      begun = true;
    }
    one(json);
  }

  @Override
  public void batched(BatchReport report) {
    String what =
        report.isDone()
            ? "\"answer\":" + WireJson.answer(report.answer())
            : "\"error\":" + FailureJson.of(report);
    String line = "{\"line\":" + report.line() + "," + what + "}";
    if (lines) {
      console.printLine(line);
    } else {
      console.print((batched ? ",\n" : "[\n") + WireJson.page(line));
    }
    batched = true;
  }

  @Override
  public void batchEnded() {
    if (!lines) {
      console.printLine(batched ? "\n]" : "[]");
    }
  }

  @Override
  public void imported(ImportReport report) {
    one(WireJson.nested(report.values()));
  }

  @Override
  public void benched(BenchReport report) {
    one(WireJson.nested(report.values()));
  }

  @Override
  public void watchOver(boolean asItShould) {
    if (!lines && (begun || asItShould)) {
      console.printLine(begun ? "]" : "[]");
    }
  }

  @Override
  public void status(StatusReport status) {
    StatusReport.HeldTicket next = status.next();
    JsonObject json = new JsonObject();
    json.addProperty("agent", status.agent().value());
    json.addProperty("open", status.counts().open());
    json.addProperty("mine", status.counts().mine());
    json.addProperty("locked", status.held().size());
    json.addProperty("number", next == null ? null : next.number());
    json.addProperty("expiresInMillis", next == null ? null : next.left().toMillis());
    json.addProperty("ageMillis", status.age().toMillis());
    one(json);
  }

  @Override
  public void identity(IdentityReport identity) {
    JsonObject json = new JsonObject();
    json.addProperty("name", identity.name().value());
    json.addProperty("role", identity.role().wireName());
    json.addProperty("server", identity.server());
    json.addProperty("knownBy", identity.knownBy());
    one(json);
  }

  @Override
  public void findings(List<Finding> findings) {
    many(findings.stream().map(JsonPrinter::json));
  }

  private static JsonObject json(Finding finding) {
    JsonObject json = new JsonObject();
    json.addProperty("check", finding.check());
    json.addProperty("state", finding.state().wireName());
    json.addProperty("found", finding.found());
    json.addProperty("cure", finding.cure());
    return json;
  }

  @Override
  public void sessions(List<AdminAnswer.Session> sessions) {
    many(WireJson.sessions(sessions));
  }

  @Override
  public void administered(AdminReport report) {
    one(report.json());
  }

  @Override
  public void contexts(List<ContextReport> contexts) {
    many(contexts.stream().map(JsonPrinter::json));
  }

  @Override
  public void context(ContextReport context) {
    one(json(context));
  }

  @Override
  public void contextChanged(ContextReport context, String sentence) {
    context(context);
  }

  private static JsonObject json(ContextReport context) {
    JsonObject json = new JsonObject();
    json.addProperty("name", context.name());
    json.addProperty("current", context.current());
    json.add("servers", WireJson.texts(context.servers()));
    json.addProperty("tokenFile", context.token().file());
    json.add("tokenCommand", WireJson.texts(context.token().command()));
    json.addProperty("timeoutMillis", context.timeoutMillis());
    return json;
  }
}
