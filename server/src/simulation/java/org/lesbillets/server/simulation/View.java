package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/**
 * What a client knows of the tickets by its watch; each push is checked against the history. One
 * thread.
 */
final class View {
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private final History history;
  private final AgentName agent;
  private final Profile profile;
  private final TicketQuery query;
  private final TicketBook book = new TicketBook();
  private Map<TicketId, Ticket> tickets = new LinkedHashMap<>();
  private Map<TicketId, Ticket> coming = new LinkedHashMap<>();
  private String journalId;
  private String knownJournal;
  private long revision;
  private TimeMark told;
  private boolean live;

  /**
   * What a client does.
   *
   * @param query of its watch; null for everything, empty for no watch
   * @param works whether it changes tickets
   * @param claims whether it claims
   * @param patient whether it does nothing else while it waits for a ticket, as a worker of a queue
   */
  record Profile(String name, String query, boolean works, boolean claims, boolean patient) {}

  View(History history, AgentName agent, Profile profile) {
    this.history = history;
    this.agent = agent;
    this.profile = profile;
    this.query = profile.query() == null || profile.query().isEmpty() ? null : parsed();
  }

  private TicketQuery parsed() {
    try {
      return TicketQuery.parse(profile.query());
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  boolean watches() {
    return !"".equals(profile.query());
  }

  boolean isLive() {
    return live;
  }

  long revision() {
    return revision;
  }

  void forget() {
    tickets = new LinkedHashMap<>();
    knownJournal = null;
    revision = 0;
    told = null;
  }

  private boolean isTimed() {
    return query != null && query.mentionsTime();
  }

  void disconnected() {
    live = false;
  }

  void journal(String id) {
    journalId = id;
  }

  ClientMessage request(String requestId) {
    if (isTimed() && told == null) {
      forget();
    }
    ResumePoint since = knownJournal == null ? null : new ResumePoint(knownJournal, revision, told);
    coming = new LinkedHashMap<>();
    return new ClientMessage.GetTickets(requestId, query, null, null, true, since);
  }

  void snapshot(ServerMessage.AllTickets part) {
    check(part.reset() == (knownJournal != null), () -> "reset is for who resumes");
    part.tickets().forEach(ticket -> coming.put(ticket.id(), settled(ticket, null)));
    if (!part.more()) {
      tickets = coming;
      knownJournal = part.journalId();
      revision = part.revision();
      told = null;
      live = true;
      check(part.total() == tickets.size(), () -> "parts of " + part.total() + " tickets");
      check(revision == 0 || history.entry(revision).isPresent(), () -> "snapshot at no event");
    }
  }

  void resumed(ServerMessage.Resumed message) {
    check(message.revision() == revision, () -> "resumed at " + message.revision());
    check(message.journalId().equals(knownJournal), () -> "resumed another history");
    live = true;
  }

  private static Ticket settled(Ticket ticket, Ticket known) {
    TicketBook one = new TicketBook();
    if (known != null) {
      one.put(known);
    }
    one.put(ticket);
    return one.find(ticket.id()).orElseThrow();
  }

  void pushed(ServerMessage.EventMessage message) {
    SequencedEvent event = message.event();
    check(live, () -> agent + " was pushed " + event.revision() + " before its snapshot");
    check(
        event.revision() > revision, () -> "a double: " + event.revision() + " after " + revision);
    check(
        history.entry(event.revision()).isPresent(),
        () -> "pushed before it was durable: " + Describe.event(event));
    Ticket truth = history.ticketAfter(event.revision());
    Ticket mine = settled(event.event().ticket(), tickets.get(truth.id()));
    if (query == null) {
      check(
          event.previousRevision() == revision,
          () -> "a hole: " + event.revision() + " follows " + revision + " at " + agent);
      tickets.put(truth.id(), mine);
    } else {
      match(message, truth, mine);
    }
    revision = event.revision();
  }

  private void match(ServerMessage.EventMessage message, Ticket truth, Ticket mine) {
    boolean had = tickets.containsKey(truth.id());
    switch (message.match()) {
      case ENTERED -> check(!had, () -> "entered, though it was there: " + truth);
      case STAYS, LEFT ->
          check(had || isRedacted(message), () -> message.match() + ", though not there: " + truth);
    }
    if (isTimed() ? message.match() != Match.LEFT : matches(Instant.EPOCH).test(truth)) {
      check(message.match() != Match.LEFT, () -> "left, though it matches");
      tickets.put(truth.id(), mine);
    } else {
      tickets.remove(truth.id());
    }
  }

  /** What it was before is forgotten, so that it counts as matching. */
  private static boolean isRedacted(ServerMessage.EventMessage message) {
    return message.event().event() instanceof WireEvent.TicketRedacted;
  }

  private Predicate<Ticket> matches(Instant now) {
    QueryContext context = new QueryContext(agent, now);
    return ticket -> query == null || query.matches(ticket, context);
  }

  void position(ServerMessage.Position position) {
    check(query != null && position.revision() >= revision, () -> position + " after " + revision);
    revision = position.revision();
    told = position.at() == null ? told : TimeMark.after(position.at());
  }

  /**
   * Time alone has changed a match. It comes again if the clock was set back and a cut followed.
   */
  void matched(ServerMessage.TicketMatch message) {
    check(live && isTimed(), () -> agent + " was told " + message);
    check(message.revision() >= revision, () -> message + " after " + revision);
    Ticket truth = history.ticketAfter(message.ticket().revision());
    Ticket mine = settled(message.ticket(), null);
    boolean redacted = mine.content().title().equals(Redaction.TEXT);
    check(
        truth.equals(mine)
            || redacted && Redaction.ofField(TicketField.TITLE).of(truth).equals(mine),
        () -> "told " + mine + " instead of " + truth);
    if (message.match() == Match.ENTERED) {
      tickets.put(mine.id(), mine);
    } else {
      tickets.remove(mine.id());
    }
    revision = message.revision();
    told = message.mark();
  }

  /** On a connection that watches, an answer comes after the pushed copy. */
  void answered(ServerMessage.EventMessage answer) {
    boolean nothing = answer.event().revision() == answer.event().previousRevision();
    check(
        history.entry(answer.event().revision()).isPresent(),
        () -> "acknowledged before it was durable: " + Describe.event(answer.event()));
    if (query == null && watches() && live && !nothing) {
      check(
          answer.event().revision() <= revision,
          () -> "answered with " + answer.event().revision() + " before the push, at " + revision);
    }
  }

  /**
   * At rest every view equals the history.
   *
   * @param now on the server's wall clock; what changed in the last second may be under way
   */
  void assertEqual(Instant now) {
    if (!watches()) {
      return;
    }
    check(live, () -> agent + " has no view");
    Map<TicketId, Ticket> truth =
        history.book().stream()
            .filter(matches(now))
            .collect(Collectors.toMap(Ticket::id, ticket -> ticket, (a, b) -> a, TreeMap::new));
    if (isTimed()) {
      history.book().stream()
          .filter(ticket -> matches(now).test(ticket) != matches(now.minus(UNDER_WAY)).test(ticket))
          .map(Ticket::id)
          .forEach(
              id -> {
                truth.remove(id);
                tickets.remove(id);
              });
    }
    check(truth.equals(tickets), () -> "the view of " + agent + " differs: " + difference(truth));
    if (query == null) {
      check(revision == history.head(), () -> agent + " is at " + revision);
    }
  }

  private String difference(Map<TicketId, Ticket> truth) {
    for (Map.Entry<TicketId, Ticket> entry : truth.entrySet()) {
      if (!entry.getValue().equals(tickets.get(entry.getKey()))) {
        return entry.getValue() + " is " + tickets.get(entry.getKey());
      }
    }
    return tickets.size() + " tickets instead of " + truth.size();
  }
}
