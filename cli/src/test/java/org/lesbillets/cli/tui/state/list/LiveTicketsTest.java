package org.lesbillets.cli.tui.state.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;

class LiveTicketsTest {
  private static final Now AT = new Now(50_000_000_000L, NOW);
  private static final AgentName BOB = new AgentName("bob");

  private final LiveTickets tickets = new LiveTickets();
  private long revision = 100;

  private static Ticket[] tickets(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(n -> ticket(n).make()).toArray(Ticket[]::new);
  }

  private void snapshot(Ticket... all) {
    tickets.begin();
    tickets.add(List.of(all), all.length, AT);
    tickets.end(revision);
  }

  private Optional<Ticket> update(Ticket ticket) {
    revision++;
    WireEvent event = new WireEvent.TicketUpdated(NOW, BOB, ticket, List.of(), false);
    return tickets.apply(new SequencedEvent(revision, revision - 1, event.sealed(revision)), AT);
  }

  private String counts() {
    return tickets.open() + " open, " + tickets.locked() + " locked, " + tickets.closed();
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertFalse(tickets.isComplete());
    assertFalse(tickets.isLoading());
    assertEquals("0 open, 0 locked, 0", counts());
    assertEquals(0, tickets.loaded());
  }

  @Test
  void theFirstSnapshotShowsAsItComes() {
    tickets.begin();
    assertTrue(tickets.isLoading());
    tickets.add(List.of(tickets(1, 3)), 5, AT);
    assertEquals("3 open, 0 locked, 0", counts());
    assertEquals("3 of 5", tickets.loaded() + " of " + tickets.total());
    tickets.add(
        List.of(ticket(4).closed().make(), ticket(5).locked("bob", HOUR, HOUR).make()), 5, AT);
    assertEquals("4 open, 1 locked, 1", counts());
    assertFalse(tickets.isComplete());
    tickets.end(77);
    assertTrue(tickets.isComplete());
    assertFalse(tickets.isLoading());
    assertEquals(77, tickets.book().revision());
  }

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aSnapshotThatBreaksOffBeginsAnew() {
    tickets.begin();
    tickets.add(List.of(tickets(1, 3)), 5, AT);
    tickets.begin();
    assertEquals(0, tickets.loaded());
    assertEquals("3 open, 0 locked, 0", counts());
    tickets.add(List.of(tickets(1, 2)), 2, AT);
    tickets.end(80);
    assertEquals("2 open, 0 locked, 0", counts());
  }

  @Test
  void theOldOneStaysUntilTheNewOneIsWhole() {
    snapshot(tickets(1, 4));
    Ticket locked = ticket(9).locked("bob", HOUR, HOUR).make();
    tickets.begin();
    tickets.add(List.of(locked), 2, AT);
    assertTrue(tickets.isLoading());
    assertEquals("1 of 2", tickets.loaded() + " of " + tickets.total());
    assertEquals("4 open, 0 locked, 0", counts());
    assertTrue(tickets.find(ticket(1).make().id()).isPresent());
    assertTrue(tickets.find(locked.id()).isEmpty());
    tickets.add(List.of(ticket(10).closed().make()), 2, AT);
    tickets.end(300);
    assertEquals("1 open, 1 locked, 1", counts());
    assertTrue(tickets.book().findByNumber(1).isEmpty());
    assertEquals(List.of(9L), held());
  }

  @Test
  void anEventGivesWhatWasBefore() {
    snapshot(tickets(1, 2));
    Ticket before = tickets.book().findByNumber(2).orElseThrow();
    assertEquals(Optional.of(before), update(ticket(2).title("Other").make()));
    assertEquals(Optional.empty(), update(ticket(3).make()));
    assertEquals("Other", tickets.book().findByNumber(2).orElseThrow().content().title());
    assertEquals("3 open, 0 locked, 0", counts());
  }

  @Test
  void aDescriptionThatIsNotToldIsTheOneThatIsKnown() {
    snapshot(ticket(1).description("Known").make());
    update(ticket(1).description(null).title("Other").make());
    assertEquals("Known", tickets.book().findByNumber(1).orElseThrow().content().description());
  }

  @ParameterizedTest
  @CsvSource({
    // ttl and time left in seconds, whether it ends soon
    "900, 61, false",
    "900, 60, true",
    "900, 0, true",
    "30, 11, false",
    "30, 10, true",
    "30, 20, false",
    "28800, 61, false",
    "28800, 60, true",
    "200, 21, false",
    "200, 20, true",
    "1, 1, false"
  })
  void aLockEndsSoonWhenLittleOfItIsLeft(long ttl, long left, boolean ending) {
    Ticket ticket = ticket(1).locked("bob", HOUR, Duration.ofSeconds(left)).make();
    ticket =
        ticket.withLock(
            new TicketLock(
                BOB, 1, NOW, Duration.ofSeconds(ttl), Duration.ofSeconds(left), null, null, 0));
    snapshot(ticket);
    LeaseDeadline lease = tickets.lease(ticket.id()).orElseThrow();
    assertEquals(Duration.ofSeconds(left), lease.left(AT));
    assertEquals(ending, lease.isEnding(AT));
  }

  @Test
  void timeLeftRunsOnThisMachinesClockAndNotBelowZero() {
    Ticket ticket = ticket(1).locked("bob", HOUR, Duration.ofSeconds(40)).make();
    snapshot(ticket);
    LeaseDeadline lease = tickets.lease(ticket.id()).orElseThrow();
    assertEquals(Duration.ofSeconds(10), lease.left(AT.plus(Duration.ofSeconds(30))));
    assertEquals(Duration.ZERO, lease.left(AT.plus(Duration.ofSeconds(50))));
  }

  private List<Long> held() {
    return tickets.leases().stream()
        .map(lease -> lease.ticket().number())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Test
  void theCountsAreRightWhateverHappens() throws Exception {
    SeededTest.run(
        random -> {
          LiveTicketsTest one = new LiveTicketsTest();
          Map<Long, Ticket> naive = new TreeMap<>();
          one.snapshot();
          for (int n = 0; n < 4_000; n++) {
            one.play(random, naive);
            long open = naive.values().stream().filter(Ticket::isOpen).count();
            List<Long> locked =
                naive.values().stream().filter(Ticket::isLocked).map(Ticket::number).toList();
            assertEquals(
                open + " open, " + locked.size() + " locked, " + (naive.size() - open),
                one.counts());
            assertEquals(locked, one.held());
            assertEquals(
                naive.values().stream().filter(LiveTicketsTest::isFree).count(),
                one.tickets.free());
            for (String agent : List.of("alice", "bob")) {
              AgentName name = new AgentName(agent);
              assertEquals(assigned(naive, name), one.tickets.assignedTo(name));
            }
          }
        });
  }

  private static boolean isFree(Ticket ticket) {
    return ticket.isOpen() && !ticket.isLocked() && ticket.content().assignee() == null;
  }

  private static long assigned(Map<Long, Ticket> tickets, AgentName agent) {
    return tickets.values().stream()
        .filter(ticket -> ticket.isOpen() && agent.equals(ticket.content().assignee()))
        .count();
  }

  private void play(Random random, Map<Long, Ticket> naive) {
    TicketMaker maker = ticket(1 + random.nextInt(60));
    maker = random.nextInt(3) == 0 ? maker.closed() : maker;
    maker = random.nextBoolean() ? maker : maker.locked("bob", HOUR, HOUR);
    maker = random.nextInt(3) == 0 ? maker : maker.assignee(random.nextBoolean() ? "alice" : "bob");
    Ticket ticket = maker.make();
    if (random.nextInt(200) > 0) {
      naive.put(ticket.number(), ticket);
      update(ticket);
      return;
    }
    naive.values().removeIf(known -> random.nextInt(4) == 0);
    List<Ticket> left = new ArrayList<>(naive.values());
    tickets.begin();
    int half = left.size() / 2;
    tickets.add(left.subList(0, half), left.size(), AT);
    tickets.add(left.subList(half, left.size()), left.size(), AT);
    tickets.end(++revision);
    assertEquals(
        left.stream().map(Ticket::number).collect(Collectors.toSet()),
        tickets.book().stream().map(Ticket::number).collect(Collectors.toSet()));
  }
}
