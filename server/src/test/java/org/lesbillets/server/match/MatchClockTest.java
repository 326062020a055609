package org.lesbillets.server.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.world.FakeClock;

/** What a watch hears when time alone changes its matches; a test stands in for its thread. */
class MatchClockTest {
  private static final AgentName ALICE = new AgentName("alice");

  private final FakeClock time = new FakeClock();
  private final Instant start = time.now();
  private final Map<TicketId, Ticket> tickets = new HashMap<>();
  private final List<TicketMatch> heard = new ArrayList<>();
  private final Set<Long> members = new HashSet<>();
  private final Map<TicketId, Instant> leaseEnds = new HashMap<>();
  private final LockTimes lockTimes = new FakeLockTimes();
  private TicketQuery query;
  private MatchClock clock;
  private TimeMark known;
  private int scans;

  private final class FakeLockTimes implements LockTimes {
    @Override
    public Duration remaining(TicketId ticket, long token) {
      Duration left = Duration.between(time.now(), leaseEnds.getOrDefault(ticket, time.now()));
      return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public int waiting(TicketId ticket) {
      return 0;
    }
  }

  private Ticket ticket(long number, Instant at) {
    Ticket one = TicketMaker.ticket(number).make();
    Stamp stamp = new Stamp(at, ALICE);
    return new Ticket(one.id(), number, one.content(), stamp, stamp, number, number, 0, null);
  }

  private void put(Ticket ticket) {
    tickets.put(ticket.id(), ticket);
  }

  private void watch(String text, TimeMark mark) {
    try {
      query = TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
    clock = new MatchClock(query, ALICE, lockTimes, time);
    clock.begin(mark);
    known = mark;
    members.addAll(expected(mark.at()));
    scan();
  }

  private void watch(String text) {
    watch(text, TimeMark.after(time.now()));
  }

  private void scan() {
    scans++;
    List<Ticket> all = new ArrayList<>(tickets.values());
    clock.restart();
    while (!clock.isFilled()) {
      clock.scan(all, 7, () -> true).forEach(this::hear);
    }
    if (clock.wasSetBack()) {
      tellPosition();
    }
  }

  private void hear(TicketMatch match) {
    assertEquals(7, match.revision());
    boolean enters = match.match() == Match.ENTERED;
    assertTrue(
        enters ? members.add(match.ticket().number()) : members.remove(match.ticket().number()),
        match::toString);
    heard.add(match);
    known = match.mark();
  }

  /** What a worker does when something is due. */
  private void work() {
    while (clock.dueMillis() <= time.now().toEpochMilli() || clock.isSetBack(time.now())) {
      if (clock.needsScan(time.now())) {
        scan();
      } else {
        TicketMatch match = clock.next(7);
        if (match != null) {
          hear(match);
        }
      }
    }
    clock.advance(time.now());
  }

  private void event(Ticket after) {
    work();
    if (clock.isAhead(after)) {
      tellPosition();
    }
    Match match = clock.match(tickets.get(after.id()), after);
    put(after);
    boolean was = members.contains(after.number());
    boolean is = expected(time.now()).contains(after.number());
    assertEquals(Match.of(was, is), match, after::toString);
    if (is) {
      members.add(after.number());
    } else {
      members.remove(after.number());
    }
  }

  private void tellPosition() {
    Instant position = clock.position();
    known = position == null ? known : TimeMark.after(position);
  }

  /** The connection is lost: another clock begins with what the client knows. */
  private void resume() {
    clock = new MatchClock(query, ALICE, lockTimes, time);
    clock.begin(known);
    scan();
  }

  private Set<Long> expected(Instant now) {
    return tickets.values().stream()
        .filter(ticket -> query.matches(lockTimes.withRemaining(ticket), context(now)))
        .map(Ticket::number)
        .collect(Collectors.toSet());
  }

  private static QueryContext context(Instant now) {
    return new QueryContext(ALICE, now);
  }

  @Test
  void itHearsAtTheInstantAndNotBefore() {
    put(ticket(1, start));
    watch("age:>=1h");
    time.advance(Duration.ofHours(1).minusMillis(1));
    work();
    assertEquals(List.of(), heard);
    assertEquals(start.plusSeconds(3600).toEpochMilli(), clock.dueMillis());
    time.advance(Duration.ofMillis(1));
    work();
    assertEquals(Match.ENTERED, heard.get(0).match());
    assertEquals(start.plusSeconds(3600), heard.get(0).at());
    assertEquals(TicketQuery.NEVER, clock.dueMillis());
  }

  /** Three times as many as are kept: each once, in their order, by a scan for each thousand. */
  @Test
  void moreThanAreKeptAreHeardInTheirOrder() {
    int count = 3 * MatchClock.CAPACITY;
    LongStream.rangeClosed(1, count).forEach(n -> put(ticket(n, start.plusMillis(n / 100))));
    watch("age:>1h");
    time.advance(Duration.ofHours(2));
    work();
    List<Long> numbers = heard.stream().map(match -> match.ticket().number()).toList();
    assertEquals(LongStream.rangeClosed(1, count).boxed().toList(), numbers);
    assertTrue(scans <= 4, scans + " scans");
  }

  @Test
  void aWatchThatResumesHearsTheRestOfAnInstant() {
    LongStream.rangeClosed(1, 9).forEach(n -> put(ticket(n, start)));
    time.advance(Duration.ofHours(2));
    watch("age:>=1h", new TimeMark(start.plusSeconds(3600), 4));
    members.retainAll(Set.of(1L, 2L, 3L, 4L));
    work();
    assertEquals(
        List.of(5L, 6L, 7L, 8L, 9L), heard.stream().map(match -> match.ticket().number()).toList());
  }

  @Test
  void aClockThatIsSetBackIsNoticed() {
    put(ticket(1, start));
    put(ticket(2, start.minus(Duration.ofDays(9))));
    watch("age:>1h");
    time.advance(Duration.ofHours(2));
    work();
    assertEquals(Set.of(1L, 2L), members);
    time.jump(Duration.ofMinutes(-90));
    assertTrue(clock.isSetBack(time.now()));
    work();
    assertEquals(Set.of(2L), members);
    assertFalse(clock.isSetBack(time.now()));
    time.jump(Duration.ofHours(1));
    work();
    assertEquals(Set.of(1L, 2L), members);
  }

  /** The event was matched as of a moment that the client did not know when it was cut. */
  @Test
  void aWatchThatResumesIsRightAboutAnEventAfterAJump() {
    put(ticket(1, start));
    put(ticket(2, start.plusMillis(5)));
    watch("updated:>10h");
    time.jump(Duration.ofHours(35));
    event(ticket(2, start.plusMillis(9)));
    assertEquals(Set.of(1L, 2L), members);
    time.jump(Duration.ofHours(-35));
    resume();
    assertEquals(Set.of(), members);
  }

  @Test
  void whatSearchesTextsOrHasNothingToExpectIsNotKept() {
    put(ticket(1, start));
    watch("age:>1h status:closed");
    assertEquals(TicketQuery.NEVER, clock.dueMillis());
    watch("age:<1h nowhere");
    time.advance(Duration.ofHours(1));
    work();
    assertEquals(List.of(), heard);
  }

  /** A renewal by which a match ends, though its token is the same before and after. */
  @Test
  void aLeaseIsHeardOfToo() {
    Duration ttl = Duration.ofMinutes(15);
    TicketLock lock = new TicketLock(ALICE, 5, start, ttl, ttl, null, null, 0);
    Ticket held = ticket(1, start).withLock(lock);
    leaseEnds.put(held.id(), start.plus(ttl));
    put(held);
    watch("expires:<5m");
    time.advance(Duration.ofMinutes(10).plusMillis(1));
    work();
    assertEquals(Set.of(1L), members);
    leaseEnds.put(held.id(), time.now().plus(ttl));
    assertEquals(Match.LEFT, clock.match(held, held));
    assertNull(clock.match(held, held));
    assertNotEquals(TicketQuery.NEVER, clock.dueMillis());
  }

  @Test
  void whateverHappensItKnowsWhatMatches() throws Exception {
    SeededTest.run(this::play);
  }

  private void play(Random random) {
    List<String> queries =
        List.of("age:>2m", "updated:<=90s", "age:>1m updated:>=30s", "-updated:<1m status:open");
    for (int n = 1; n <= 40; n++) {
      put(ticket(n, time.now().minusSeconds(random.nextInt(200))));
    }
    watch(queries.get(random.nextInt(queries.size())));
    for (int step = 0; step < 400; step++) {
      int roll = random.nextInt(10);
      if (roll < 5) {
        time.advance(Duration.ofMillis(random.nextInt(5_000)));
        work();
      } else if (roll < 8) {
        Instant at = time.now().minusSeconds(random.nextInt(4) == 0 ? random.nextInt(99) : 0);
        event(ticket(1 + random.nextInt(60), at));
      } else if (roll < 9) {
        resume();
        work();
      } else {
        time.jump(Duration.ofSeconds(random.nextInt(240) - 160));
        work();
      }
      if (!clock.isSetBack(time.now().minusSeconds(1))) {
        assertEquals(expected(time.now()), members, "after step " + step);
      }
    }
  }
}
