package org.lesbillets.model.wire;

import static org.lesbillets.model.wire.GoldenSamples.ALICE;
import static org.lesbillets.model.wire.GoldenSamples.BARE;
import static org.lesbillets.model.wire.GoldenSamples.BARE_LOCK;
import static org.lesbillets.model.wire.GoldenSamples.BOB;
import static org.lesbillets.model.wire.GoldenSamples.CLOSED;
import static org.lesbillets.model.wire.GoldenSamples.COMMENT;
import static org.lesbillets.model.wire.GoldenSamples.FULL;
import static org.lesbillets.model.wire.GoldenSamples.FULL_LOCK;
import static org.lesbillets.model.wire.GoldenSamples.counted;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** An example of everything the server says, by the name of its golden file. */
final class GoldenAnswers {
  private final Map<String, ServerMessage> all = new LinkedHashMap<>();

  private GoldenAnswers() {
    reading();
    events();
    rejections();
    rest();
  }

  static Map<String, ServerMessage> all() {
    return new GoldenAnswers().all;
  }

  private void add(String variant, ServerMessage message) {
    String name = "server." + message.type() + (variant.isEmpty() ? "" : "." + variant);
    if (all.put(name, message) != null) {
      throw new IllegalStateException("two goldens are called " + name);
    }
  }

  private void reading() {
    add("none", new ServerMessage.AllTickets("1", List.of(), 0, "j-7", false, false, 0));
    add(
        "part",
        new ServerMessage.AllTickets(
            "1", List.of(BARE, counted(FULL, 2), CLOSED), 92, "j-7", true, true, 1203));
    add("count", new ServerMessage.AllTickets("1", List.of(), 92, "j-7", false, false, 1203));
    add(
        "fields",
        MessageCodec.projected(
            new ServerMessage.AllTickets(
                "1", List.of(BARE, counted(FULL, 2)), 92, "j-7", true, false, 1203),
            Projection.of(List.of("title", "tags", "raised", "lock"))));
    ServerMessage.AllTickets one =
        new ServerMessage.AllTickets("1", List.of(BARE), 92, "j-7", false, false, 1);
    add("ids", MessageCodec.projected(one, Projection.of(List.of())));
    Ticket claimed = FULL.withLock(FULL_LOCK.withKind(LockKind.RETURNING_CLAIM)).withAttempts(2);
    add("claimed", new ServerMessage.AllTickets("1", List.of(claimed), 92, "j-7", false, false, 1));
    add("", new ServerMessage.Resumed("1", "j-7", 90));
    add("bare", new ServerMessage.TicketDetails("2", BARE, List.of(), null, false));
    add(
        "all",
        new ServerMessage.TicketDetails("2", counted(FULL, 1), List.of(COMMENT), history(), true));
  }

  private static List<SequencedEvent> history() {
    return GoldenEvents.all().values().stream()
        .filter(event -> !(event instanceof WireEvent.UnknownEvent))
        .map(GoldenAnswers::placed)
        .toList();
  }

  private static SequencedEvent placed(WireEvent event) {
    long revision = event.ticket().revision();
    return new SequencedEvent(revision, revision - 1, event);
  }

  private void events() {
    GoldenEvents.all()
        .forEach((name, event) -> event(name, ServerMessage.EventMessage.pushed(placed(event))));
    SequencedEvent updated = placed(GoldenEvents.all().get("TicketUpdated.all"));
    add("answer", ServerMessage.EventMessage.answer(updated, "5"));
    for (WireEvent event : GoldenEvents.all().values()) {
      if (!(event instanceof WireEvent.UnknownEvent)) {
        copies(placed(event));
      }
    }
  }

  private void event(String name, ServerMessage message) {
    all.put("server." + name, message);
  }

  /** The personal copies, once for each type. */
  private void copies(SequencedEvent event) {
    String name = "server." + event.event().type();
    all.putIfAbsent(name + ".repeated", new ServerMessage.EventMessage(event, "5", true, null));
    all.putIfAbsent(
        name + ".matched", new ServerMessage.EventMessage(event, null, false, Match.STAYS));
  }

  private void rejections() {
    add("bare", rejected(null, RejectionCode.INVALID, RejectionDetails.NONE));
    add("field", rejected("5", RejectionCode.INVALID, RejectionDetails.field("query")));
    add("limit", rejected("5", RejectionCode.INVALID, RejectionDetails.limit("title", 200)));
    add(
        "candidates",
        rejected("5", RejectionCode.AMBIGUOUS, RejectionDetails.candidates(List.of(BARE, CLOSED))));
    add(
        "busy",
        rejected("5", RejectionCode.BUSY, RejectionDetails.retryAfter(Duration.ofMillis(100))));
    add("lock", rejected("5", RejectionCode.LOCKED, RejectionDetails.lock(BARE_LOCK)));
  }

  private static ServerMessage rejected(
      String requestId, RejectionCode code, RejectionDetails details) {
    return new ServerMessage.Rejected(
        requestId, code, "what happened, and what to do next", details);
  }

  private void rest() {
    add("", new ServerMessage.Welcome(1, "les-billets 0.1.0", "j-7", 92, ALICE, Role.AGENT, false));
    add("", new ServerMessage.Position(92));
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    add("told", new ServerMessage.Position(92, at));
    add("", new ServerMessage.TicketMatch(at, BARE, Match.ENTERED, 92));
    add("bare", new ServerMessage.Draining(Duration.ofSeconds(30), false));
    add("cancelled", new ServerMessage.Draining(Duration.ZERO, true));
    add("none", new AdminAnswer.Sessions("12", List.of()));
    add(
        "two",
        new AdminAnswer.Sessions(
            "12",
            List.of(
                new AdminAnswer.Session(
                    "s4",
                    ALICE,
                    Role.ADMIN,
                    "127.0.0.1:51234",
                    Instant.parse("2026-11-22T10:00:00Z"),
                    0),
                new AdminAnswer.Session(
                    "s5",
                    BOB,
                    Role.READER,
                    "[::1]:9",
                    Instant.parse("2026-11-22T10:00:00.120Z"),
                    65536))));
    add("", new ServerMessage.Pong("3", 92));
    add("", new ServerMessage.UnknownMessage("Weather"));
  }
}
