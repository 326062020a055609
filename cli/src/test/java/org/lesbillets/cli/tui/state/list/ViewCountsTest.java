package org.lesbillets.cli.tui.state.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

class ViewCountsTest {
  private static final QueryContext ALICE = new QueryContext(new AgentName("alice"), NOW);
  private static final List<Filter> VIEWS =
      List.of(
          view("status:open"),
          view("assignee:me status:open"),
          view("assignee:none"),
          view("tag:x"),
          view(""));

  private static final Now AT = new Now(0, NOW);

  private ViewCounts counts = ViewCounts.of(VIEWS);

  private static Filter view(String query) {
    try {
      return new Filter(TicketQuery.parse(query), TicketOrder.BY_NUMBER, null);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Integer> naive(Iterable<Ticket> tickets) {
    List<Integer> found = new ArrayList<>();
    for (Filter view : VIEWS) {
      int count = 0;
      for (Ticket ticket : tickets) {
        count += view.query().matches(ticket, ALICE) ? 1 : 0;
      }
      found.add(count);
    }
    return found;
  }

  private List<Integer> all() {
    return IntStream.range(0, VIEWS.size()).mapToObj(i -> counts.count(i).orElse(-1)).toList();
  }

  @Test
  void nothingIsKnownBeforeItWasCounted() {
    assertEquals(OptionalInt.empty(), counts.count(0));
    counts = counts.changed(null, ticket(1).make(), ALICE);
    assertEquals(OptionalInt.empty(), counts.count(0));
    counts = counts.begin(1, AT);
    assertEquals(OptionalInt.empty(), counts.count(0));
    counts = counts.counted(1, List.of(7, 3, 0, 0, 9));
    assertEquals(List.of(7, 3, 0, 0, 9), all());
    counts = counts.forget();
    assertEquals(OptionalInt.empty(), counts.count(0));
  }

  @Test
  void whatChangesWhileItIsCountedIsNotLost() {
    counts = counts.begin(1, AT);
    counts = counts.changed(null, ticket(8).assignee("alice").make(), ALICE);
    counts = counts.changed(ticket(2).make(), ticket(2).closed().make(), ALICE);
    counts = counts.counted(1, List.of(7, 3, 5, 0, 9));
    assertEquals(List.of(7, 4, 5, 0, 10), all());
  }

  @Test
  void aResultThatIsNotAwaitedIsLeftOut() {
    counts = counts.begin(1, AT);
    counts = counts.begin(2, AT);
    counts = counts.counted(1, List.of(7, 3, 5, 0, 9));
    assertEquals(OptionalInt.empty(), counts.count(0));
    counts = counts.counted(2, List.of(8, 3, 5, 0, 9));
    counts = counts.counted(2, List.of(9, 3, 5, 0, 9));
    assertEquals(OptionalInt.of(8), counts.count(0));
  }

  @Test
  void aViewThatIsLeftOutStaysAsItWas() {
    counts = counts.begin(1, AT);
    counts = counts.counted(1, List.of(7, 3, 5, 0, 9));
    counts = counts.begin(1, AT);
    counts = counts.changed(null, ticket(8).assignee("bob").make(), ALICE);
    counts = counts.counted(1, List.of(-1, 2, -1, -1, -1));
    assertEquals(List.of(8, 2, 5, 0, 10), all());
  }

  @Test
  void theNumbersAreThoseOfACountFromScratch() throws Exception {
    SeededTest.run(ViewCountsTest::play);
  }

  private static void play(Random random) {
    ViewCountsTest one = new ViewCountsTest();
    Map<Long, Ticket> tickets = new HashMap<>();
    one.counts = one.counts.begin(1, AT);
    one.counts = one.counts.counted(1, naive(tickets.values()));
    List<Integer> found = null;
    for (int step = 0; step < 2_000; step++) {
      Ticket ticket = random(random);
      one.counts = one.counts.changed(tickets.put(ticket.number(), ticket), ticket, ALICE);
      if (found == null && random.nextInt(20) == 0) {
        one.counts = one.counts.begin(1, AT);
        found = naive(tickets.values());
      } else if (found != null && random.nextInt(20) == 0) {
        one.counts = one.counts.counted(1, found);
        found = null;
      }
      assertEquals(naive(tickets.values()), one.all());
    }
  }

  private static Ticket random(Random random) {
    TicketMaker maker = ticket(1 + random.nextInt(40));
    maker = random.nextInt(3) == 0 ? maker.closed() : maker;
    maker = random.nextInt(3) == 0 ? maker : maker.assignee(random.nextBoolean() ? "alice" : "bob");
    maker = random.nextBoolean() ? maker.tags("x") : maker;
    return random.nextBoolean()
        ? maker.make()
        : maker.locked("bob", Duration.ofMinutes(1), Duration.ofMinutes(9)).make();
  }
}
