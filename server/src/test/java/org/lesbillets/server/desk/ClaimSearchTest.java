package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Outcome;

/**
 * Claims are searched for by workers that are interrupted at any point: each gets the first match
 * as of the moment its append is asked for, and none is refused while there is one.
 */
class ClaimSearchTest {
  private static final int STEPS = 2_000;

  /** Claims that are not answered at a time, since each is looked at in each step. */
  private static final int CLAIMS = 12;

  private static final List<String> QUERIES =
      List.of("", "fire", "printer not:fire", "priority:>=high", "tag:a fire", "mouse", "zebra");
  private static final List<String> ORDERS =
      List.of("-priority", "-priority", "-priority", "number", "-number", "title", "priority");
  private static final List<String> TITLES =
      List.of("Printer on fire", "Fire in the printer", "Mouse", "printer", "a fire", "b");

  private final ManualDesk hand = new ManualDesk();
  private final List<Asker> workers = new ArrayList<>();
  private final Map<AgentName, ClaimTicket> claims = new HashMap<>();
  private final Asker carol = hand.agent("carol");
  private int claimed;
  private int refused;
  private int left;
  private int asked;

  @AfterEach
  void close() {
    hand.close();
  }

  @Test
  void eachClaimGetsTheFirstMatchOfItsMoment() throws Exception {
    SeededTest.run(
        random -> {
          hand.journal().onAppend(this::lookAt);
          fill(random, 150);
          hand.clock().lookTakes(Duration.ofNanos(150_000));
          for (int step = 0; step < STEPS; step++) {
            step(random);
          }
          drain();
          assertTrue(
              claimed > 20 && refused > 1 && left > 1, claimed + ", " + refused + ", " + left);
        });
  }

  /** Two hundred at once draw from fewer tickets, with workers that search for all in turn. */
  @Test
  void aRaceLosesAndDoublesNoTicket() throws Exception {
    SeededTest.run(
        random -> {
          hand.journal().onAppend(this::lookAt);
          fill(random, 120);
          hand.clock().lookTakes(Duration.ofNanos(150_000));
          for (int i = 0; i < 200; i++) {
            claim(random, newWorker(), "printer", i % 3 == 0 ? "title" : "-priority");
          }
          Set<TicketId> pool = matching("printer");
          drain();
          assertEquals(pool.size(), claimed);
          assertEquals(200 - pool.size(), refused);
          assertEquals(Set.of(), matching("printer"));
        });
  }

  private void fill(Random random, int tickets) {
    for (int i = 0; i < tickets; i++) {
      create(random);
    }
    hand.writeAll();
  }

  private Asker newWorker() {
    Asker worker = hand.agent("worker" + ++asked);
    workers.add(worker);
    return worker;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void step(Random random) {
    int roll = random.nextInt(100);
    if (roll < 12 && workers.size() < CLAIMS) {
      claim(random, newWorker(), one(random, QUERIES), one(random, ORDERS));
    } else if (roll < 22) {
      create(random);
    } else if (roll < 35) {
      change(random);
    } else if (roll < 70) {
      work(random.nextInt(16));
    } else if (roll < 71 && !workers.isEmpty()) {
      Asker gone = workers.remove(random.nextInt(workers.size()));
      gone.go();
      hand.desk().disconnected(gone);
      left++;
    } else if (!hand.journal().held().isEmpty()) {
      becomeOfIt(random, one(random, hand.journal().held()), random.nextInt(20));
    }
    observed(hand::settleWithoutWorkers);
  }

  private void work(int tasks) {
    for (int i = 0; i < tasks; i++) {
      hand.workOnce();
    }
  }

  private void becomeOfIt(Random random, ManualJournal.Held held, int roll) {
    observed(
        () -> {
          if (roll == 0) {
            hand.journal().conclude(held, new Outcome.Busy());
          } else if (roll == 1) {
            long current = hand.ticketOf(held).map(Ticket::revision).orElse(0L);
            hand.journal().conclude(held, new Outcome.Conflict(current));
          } else {
            hand.journal().write(held);
            if (random.nextBoolean()) {
              hand.settleWithoutWorkers();
            }
            hand.journal().conclude(held);
          }
        });
  }

  private void submit(Asker who, ClientMessage message) {
    assertTrue(hand.desk().submit(who, message));
    observed(hand::settleWithoutWorkers);
  }

  private void create(Random random) {
    TicketContent draft =
        TicketContent.titled(one(random, TITLES))
            .with(TicketField.PRIORITY, one(random, List.of(Priority.values())))
            .with(TicketField.TAGS, random.nextBoolean() ? List.of("a") : List.of());
    submit(carol, new ClientMessage.CreateTicket("c" + ++asked, null, draft));
  }

  private void change(Random random) {
    long number = 1 + random.nextInt(hand.desk().book().size());
    String id = "u" + ++asked;
    submit(
        carol,
        switch (random.nextInt(8)) {
          case 0, 1, 2 ->
              Ask.update(
                  id,
                  number,
                  TicketPatch.of(TicketField.PRIORITY, one(random, List.of(Priority.values()))));
          case 3, 4 ->
              Ask.update(id, number, TicketPatch.of(TicketField.TITLE, one(random, TITLES)));
          case 5, 6 -> Ask.comment(id, number, "Hello");
          default -> Ask.lock(id, number);
        });
  }

  private void claim(Random random, Asker who, String query, String order) {
    ClaimTicket claim =
        new ClaimTicket(
            "r",
            null,
            random.nextInt(5) == 0 && query.isEmpty() ? null : query(query),
            TicketOrder.parse(order),
            LockTerms.DEFAULT,
            false);
    claims.put(who.agent(), claim);
    submit(who, claim);
  }

  private static TicketQuery query(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Set<TicketId> matching(AgentName agent) {
    TicketQuery query = claims.get(agent).query();
    return query == null ? matching("") : matching(query.text());
  }

  /** The claimable tickets that match. */
  private Set<TicketId> matching(String query) {
    QueryContext context = new QueryContext(carol.agent(), hand.clock().now());
    TicketQuery parsed = query(query);
    return hand.desk().book().stream()
        .filter(Ticket::isClaimable)
        .filter(t -> parsed.matches(t, context))
        .map(Ticket::id)
        .collect(Collectors.toSet());
  }

  /** Better tickets may only be those with a change under way, which others wait for. */
  private void lookAt(Append append) {
    if (append.event() instanceof TicketLocked lock && lock.claimed()) {
      Ticket ticket = hand.desk().book().find(append.ticket()).orElseThrow();
      Set<TicketId> matches = matching(lock.by());
      assertTrue(matches.remove(ticket.id()), () -> "not claimable, or no match: " + ticket);
      Comparator<Ticket> order = claims.get(lock.by()).order().comparator();
      matches.removeAll(busy());
      for (TicketId other : matches) {
        Ticket better = hand.desk().book().find(other).orElseThrow();
        assertTrue(
            order.compare(better, ticket) > 0,
            () -> ticket + " instead of " + better + " for " + claims.get(lock.by()));
      }
    }
  }

  private Set<TicketId> busy() {
    return hand.journal().held().stream()
        .map(held -> held.append().ticket())
        .collect(Collectors.toSet());
  }

  /** A refusal needs a moment in which there is no match. */
  private void observed(Runnable step) {
    Map<Asker, Set<TicketId>> before = new HashMap<>();
    for (Asker worker : workers) {
      if (worker.answers().isEmpty()) {
        before.put(worker, matching(worker.agent()));
      }
    }
    step.run();
    hand.passOn();
    before.forEach(
        (worker, matching) -> {
          if (!worker.answers().isEmpty()) {
            lookAtAnswer(worker, matching);
            workers.remove(worker);
          }
        });
  }

  private void lookAtAnswer(Asker worker, Set<TicketId> before) {
    ServerMessage.Answer answer = worker.to("r");
    if (answer instanceof ServerMessage.Rejected no && no.code() == RejectionCode.NOT_FOUND) {
      refused++;
      before.retainAll(matching(worker.agent()));
      assertEquals(Set.of(), before, () -> "not found by " + claims.get(worker.agent()));
    } else if (answer instanceof ServerMessage.EventMessage) {
      claimed++;
    }
  }

  private void drain() {
    int rounds = 0;
    while (hand.desk().unanswered() > 0) {
      work(1);
      observed(hand::settleWithoutWorkers);
      if (!hand.journal().held().isEmpty()) {
        becomeOfIt(new Random(1), hand.journal().held().get(0), 19);
      }
      assertTrue(++rounds < 1_000_000, "never answered: " + workers.size());
    }
    assertEquals(List.of(), workers);
  }
}
