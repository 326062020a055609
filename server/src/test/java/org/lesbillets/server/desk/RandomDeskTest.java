package org.lesbillets.server.desk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.wire.AllTicketsParts;
import org.lesbillets.model.wire.EncodedTickets;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.journal.Outcome;

/**
 * Fifty thousand random requests, over a journal that is slow, full, contested or silent at random:
 * the server's book, a replay of the journal, and a client's view stay equal, and every request is
 * answered at most once: only those who left, as all do at every thousandth step, hear nothing.
 * Locks keep their laws. One seed plays one run again: {@code -Dseed=N}.
 */
class RandomDeskTest {
  private static final int STEPS = 50_000;
  private static final int HELD = 30;
  private static final Duration RETRY = TicketChangeQueue.RETRY;

  private final ManualDesk hand = new ManualDesk();
  private final TicketBook replay = new TicketBook();
  private final List<Asker> askers =
      new ArrayList<>(
          List.of(
              new Asker("alice", Role.AGENT),
              new Asker("bob", Role.AGENT),
              new Asker("carol", Role.AGENT),
              new Asker("dave", Role.ADMIN),
              new Asker("eve", Role.READER)));
  private final LockLaws laws = new LockLaws();
  private final Map<String, UUID> operations = new HashMap<>();
  private final Map<String, Long> effects = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> kinds = new TreeSet<>();
  private TicketBook view = new TicketBook();
  private final List<Asker> left = new ArrayList<>();
  private final Map<Asker, List<ClientMessage>> unanswered = new IdentityHashMap<>();

  /** Those who left in the middle: what they claimed may be dropped. */
  private final Set<Asker> abandoned = Collections.newSetFromMap(new IdentityHashMap<>());

  private int asked;
  private int answered;
  private int repeats;

  @Test
  void theBookAReplayAndAViewStayEqual() throws Exception {
    try (hand) {
      SeededTest.run(this::play);
    }
    assertTrue(kinds.size() >= 15, "too few kinds of answers: " + kinds);
    assertTrue(answered > asked - asked / 10, answered + " answers to " + asked);
    assertTrue(laws.broken() > 200 && laws.claimed() > 10 && laws.returned() > 5, laws::toString);
    assertTrue(repeats > 200, "too few repeats: " + repeats);
    assertTrue(replay.revision() > STEPS / 4, "too few events: " + replay.revision());
  }

  private void play(Random random) throws Exception {
    RandomRequests requests = new RandomRequests(random, hand.desk().book(), askers);
    for (int step = 1; step <= STEPS; step++) {
      ask(requests.next());
      if (random.nextInt(10) == 0) {
        hand.pass(Duration.ofMillis(random.nextInt(2_000)));
      }
      if (random.nextInt(500) == 0) {
        int index = random.nextInt(askers.size());
        abandoned.add(askers.get(index));
        disconnect(index);
      }
      while (hand.journal().held().size() > random.nextInt(HELD)) {
        somethingBecomesOf(pick(random, hand.journal().held()), random);
      }
      if (step % 1_000 == 0) {
        assertEqualNow();
        if (random.nextBoolean()) {
          join();
        }
        finish();
        assertEqualNow();
        assertAllAnswered();
      }
    }
  }

  /** A connection is over, and the same agent comes with another: nobody hears the rest. */
  private void disconnect(int index) {
    Asker gone = askers.get(index);
    askers.set(index, new Asker(gone.agent().value(), gone.role()));
    hand.leave(gone);
    left.add(gone);
  }

  /**
   * Requests that wait for the next try of what the journal did not take are done with that; those
   * that wait for a lock give up.
   */
  private void finish() {
    hand.writeAll();
    hand.pass(RETRY);
    hand.writeAll();
    for (int i = 0; i < askers.size(); i++) {
      hand.writeAll();
      disconnect(i);
    }
    hand.writeAll();
    hand.pass(RETRY);
    hand.writeAll();
  }

  private void ask(RandomRequests.Request request) {
    ClientMessage message = request.message();
    if (message instanceof ClientMessage.Change change && RandomRequests.isOnes(message)) {
      operations.put(request.who().agent() + " " + message.requestId(), change.operationId());
    }
    asked++;
    unanswered.computeIfAbsent(request.who(), who -> new ArrayList<>()).add(message);
    hand.ask(request.who(), message);
  }

  private static <T> T pick(Random random, List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void somethingBecomesOf(ManualJournal.Held held, Random random) {
    int roll = random.nextInt(100);
    if (roll < 3) {
      hand.journal().conclude(held, new Outcome.Busy());
    } else if (roll < 5) {
      hand.journal().conclude(held, new Outcome.Unknown("it said nothing"));
    } else if (roll < 7) {
      hand.journal().write(held);
      hand.journal().conclude(held, new Outcome.Unknown("it said nothing"));
    } else if (roll < 9) {
      long current = hand.ticketOf(held).map(Ticket::revision).orElse(0L);
      hand.journal().conclude(held, new Outcome.Conflict(current));
    } else {
      hand.journal().write(held);
      if (random.nextBoolean()) {
        hand.settle();
      }
      hand.journal().conclude(held);
    }
    hand.settle();
  }

  /** A client comes and is sent what everybody is sent who comes now. */
  private void join() throws Exception {
    Asker newcomer = new Asker("newcomer", Role.READER);
    hand.ask(newcomer, Ask.watch("w"));
    ServerMessage.AllTickets all = (ServerMessage.AllTickets) newcomer.to("w");
    List<Ticket> told = all.tickets().stream().map(hand.desk().lockTimes()::withRemaining).toList();
    AllTicketsParts parts =
        new AllTicketsParts(
            new ServerMessage.AllTickets("w", told, all.revision(), "j", false, false, told.size()),
            Projection.WHOLE,
            new EncodedTickets());
    hearEvents();
    view = new TicketBook();
    while (parts.hasNext()) {
      ServerMessage.AllTickets part = (ServerMessage.AllTickets) Asker.decoded(parts.next());
      part.tickets().forEach(view::put);
      view.standAt(part.revision());
    }
  }

  private void hearEvents() throws Exception {
    for (Announcement.Happened happened : hand.happened()) {
      byte[] pushed = EventJson.of(happened.event()).pushed();
      ServerMessage.EventMessage heard = (ServerMessage.EventMessage) Asker.decoded(pushed);
      assertEquals(pushed(happened.event()), heard.event(), () -> new String(pushed, UTF_8));
      assertEquals(view.revision(), heard.event().previousRevision(), "a hole, or a double");
      view.apply(heard.event());
    }
    hand.happened().clear();
  }

  /** How many wait is told in snapshots and details only. */
  private static SequencedEvent pushed(SequencedEvent event) {
    Ticket ticket = event.event().ticket();
    return ticket.lock() == null
        ? event
        : event.withEvent(
            event
                .event()
                .withTicket(
                    ticket.withLock(ticket.lock().withRemaining(ticket.lock().expiresIn(), 0))));
  }

  private void assertEqualNow() throws Exception {
    hearEvents();
    for (SequencedEvent event :
        hand.journal().reads().eventsAfter(replay.revision(), STEPS, Long.MAX_VALUE)) {
      laws.hear(event);
      replay.apply(event);
    }
    TicketBook book = hand.desk().book();
    assertEquals(book.revision(), replay.revision());
    assertEquals(book.revision(), view.revision());
    assertEquals(book.tickets(), replay.tickets(), "a replay of the journal");
    assertEquals(book.tickets(), view.tickets(), "a client's view");
  }

  private void assertAllAnswered() {
    for (Asker asker : left) {
      List<ServerMessage.Answer> answers = asker.answers();
      answered += answers.size();
      answers.forEach(answer -> look(asker.agent(), answer));
      assertOnlyWaitsUnanswered(asker, answers);
    }
    left.clear();
    assertEquals(0, hand.desk().unanswered());
    operations.clear();
  }

  /** Each request once; those who left are not told of what they waited for. */
  private void assertOnlyWaitsUnanswered(Asker asker, List<ServerMessage.Answer> answers) {
    Map<String, Integer> counts = new HashMap<>();
    answers.forEach(answer -> counts.merge(answer.requestId(), 1, Integer::sum));
    List<ClientMessage> requests = unanswered.remove(asker);
    Map<Boolean, List<ClientMessage>> byWaiting =
        (requests == null ? List.<ClientMessage>of() : requests)
            .stream().collect(Collectors.partitioningBy(message -> mayWait(asker, message)));
    for (ClientMessage message : byWaiting.get(false)) {
      int left = counts.merge(message.requestId(), -1, Integer::sum);
      assertTrue(left >= 0, () -> "never answered: " + message);
    }
    byWaiting.get(true).forEach(message -> counts.merge(message.requestId(), -1, Integer::sum));
    counts.values().forEach(count -> assertTrue(count <= 0, "answered twice"));
  }

  private boolean mayWait(Asker asker, ClientMessage message) {
    return message instanceof ClientMessage.LockTicket lock && lock.waiting() != null
        || message instanceof ClientMessage.ClaimTicket claim
            && (abandoned.contains(asker) || claim.waiting() != null);
  }

  private void look(AgentName agent, ServerMessage.Answer answer) {
    kinds.add(answer instanceof ServerMessage.Rejected no ? no.code().name() : answer.type());
    UUID operation = operations.get(agent + " " + answer.requestId());
    if (operation != null && answer instanceof ServerMessage.EventMessage event) {
      lookAtEffect(agent + " " + operation, event);
    }
  }

  /** One operation, one effect. */
  private void lookAtEffect(String operation, ServerMessage.EventMessage answer) {
    boolean nothing =
        answer.event().event() instanceof TicketUpdated updated
            && updated.changes().isEmpty()
            && !updated.unlocked();
    if (!nothing) {
      repeats += answer.repeated() ? 1 : 0;
      long revision = answer.event().revision();
      Long known = effects.putIfAbsent(operation, revision);
      assertTrue(known == null || known == revision, () -> operation + " twice: " + answer);
      assertTrue(answer.repeated() || done.add(operation), () -> operation + " again: " + answer);
    }
  }
}
