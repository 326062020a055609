package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;

/** Many claims whose queries look at each ticket, with one worker, over a clock in their hand. */
class CostlyClaimsTest {
  private static final int TICKETS = 300;
  private static final int CLAIMS = 30;

  /** Of one comparison, so that a claim that looks at all tickets takes 60 ms. */
  private static final Duration LOOK = Duration.ofNanos(200_000);

  private final ManualDesk hand = ManualDesk.withOneWorker();
  private final Asker alice = hand.agent("alice");
  private final List<Asker> costly =
      IntStream.range(0, CLAIMS).mapToObj(i -> hand.agent("costly" + i)).toList();

  @AfterEach
  void close() {
    hand.close();
  }

  /** Costly claims are under way, and the workers have done so many tasks. */
  private void begin(int tasks) {
    hand.done(alice, Ask.create("0", "Ticket with a needle"));
    for (int i = 1; i < TICKETS; i++) {
      hand.ask(alice, Ask.create("" + i, "Ticket"));
    }
    hand.writeAll();
    hand.clock().lookTakes(LOOK);
    for (Asker who : costly) {
      assertTrue(hand.desk().submit(who, Ask.claim("c", "nowhere")));
    }
    work(tasks);
  }

  private void work(int tasks) {
    for (int i = 0; i < tasks; i++) {
      hand.settleWithoutWorkers();
      hand.workOnce();
    }
    hand.settleWithoutWorkers();
  }

  private long answered() {
    return costly.stream().filter(who -> !who.answers().isEmpty()).count();
  }

  @Test
  void theyAreAnsweredOneAfterTheOther() {
    begin(0);
    List<Long> answered = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      work(CLAIMS * TICKETS / 10 / 10 + CLAIMS);
      answered.add(answered());
    }
    assertTrue(answered.get(4) >= CLAIMS / 6, answered::toString);
    assertEquals(CLAIMS, answered.get(9), answered::toString);
    costly.forEach(who -> assertEquals(RejectionCode.NOT_FOUND, who.code("c")));
  }

  @Test
  void anOrdinaryClaimIsNextWhileTheyAreSearched() {
    begin(CLAIMS * 10);
    assertTrue(answered() < CLAIMS);
    assertTrue(hand.desk().submit(alice, Ask.claim("a", "needle")));
    work(3);
    assertEquals(1, hand.journal().held().size(), "it has found its ticket");
  }
}
