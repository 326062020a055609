package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.work.Slice;

/** A list is chosen in slices, which end by the clock. */
class ListScanTest {
  private static final LockTimes NO_LOCKS =
      new LockTimes() {
        @Override
        public Duration remaining(TicketId ticket, long token) {
          return Duration.ZERO;
        }

        @Override
        public int waiting(TicketId ticket) {
          return 0;
        }
      };

  private final List<Ticket> tickets =
      IntStream.rangeClosed(1, 200)
          .mapToObj(n -> TicketMaker.ticket(n).title("Ticket " + n % 2).make())
          .toList();
  private final AtomicLong nanos = new AtomicLong();

  private ListScan scan(String query, Integer limit) throws QuerySyntaxException {
    return scan(query, limit, Projection.WHOLE);
  }

  private ListScan scan(String query, Integer limit, Projection projection)
      throws QuerySyntaxException {
    GetTickets request =
        new GetTickets("1", TicketQuery.parse(query), TicketOrder.parse("-number"), limit)
            .telling(projection);
    Snapshot snapshot = new Snapshot(tickets, 200, TicketMaker.NOW);
    return new ListScan(request, snapshot, new AgentName("alice"), NO_LOCKS);
  }

  /** The clock shows 1 ms more at each look. */
  private Slice slice() {
    return new Slice(() -> nanos.addAndGet(1_000_000));
  }

  @Test
  void aQueryWithATextLooksAtTheClockAfterEachTicket() throws Exception {
    ListScan scan = scan("\"ticket 1\"", 7);
    for (int i = 1; i < 100; i++) {
      assertFalse(scan.advance(slice()), "two tickets a slice");
    }
    assertTrue(scan.advance(slice()));
    assertEquals(100, scan.total());
    assertEquals(
        List.of(199L, 197L, 195L, 193L, 191L, 189L, 187L),
        scan.listed().stream().map(Ticket::number).toList());
  }

  @Test
  void anotherQueryLooksAtItNowAndThen() throws Exception {
    ListScan scan = scan("number:<=150", null);
    assertFalse(scan.advance(slice()));
    assertTrue(scan.advance(slice()));
    assertEquals(150, scan.listed().size());
    assertEquals(150, scan.listed().get(0).number());
  }

  @Test
  void aCountKeepsNoTicket() throws Exception {
    ListScan scan = scan("number:<=150", 7, Projection.COUNT);
    while (!scan.advance(slice())) {}
    assertEquals(150, scan.total());
    assertEquals(List.of(), scan.listed());
  }
}
