package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Priority;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

class TicketOrderTest {
  private static final List<Ticket> TICKETS =
      List.of(
          TicketMaker.ticket(1)
              .title("beta")
              .priority(Priority.HIGH)
              .assignee("bob")
              .created("x", Duration.ofHours(1))
              .updated("x", Duration.ofMinutes(9))
              .make(),
          TicketMaker.ticket(2)
              .title("Alpha")
              .priority(Priority.LOW)
              .created("x", Duration.ofHours(4))
              .updated("x", Duration.ofMinutes(1))
              .make(),
          TicketMaker.ticket(3)
              .title("alpha")
              .priority(Priority.HIGH)
              .assignee("alice")
              .created("x", Duration.ofHours(1))
              .updated("x", Duration.ofMinutes(5))
              .make(),
          TicketMaker.ticket(4)
              .title("beta")
              .priority(Priority.URGENT)
              .created("x", Duration.ofHours(2))
              .updated("x", Duration.ofMinutes(5))
              .make());

  private static String sorted(TicketOrder order, List<Ticket> tickets) {
    return tickets.stream()
        .sorted(order.comparator())
        .map(ticket -> Long.toString(ticket.number()))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "number, 1234",
    "-number, 4321",
    "created, 2413",
    "-created, 1342",
    "updated, 1342",
    "-updated, 2341",
    "priority, 2134",
    "-priority, 4132",
    "title, 2314",
    "-title, 1432",
    "assignee, 3124",
    "-assignee, 1324",
  })
  void sorts(String order, String expected) throws Exception {
    SeededTest.run(
        random -> {
          List<Ticket> shuffled = new ArrayList<>(TICKETS);
          Collections.shuffle(shuffled, random);
          assertEquals(expected, sorted(TicketOrder.parse(order), shuffled));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number",
        "-number",
        "created",
        "-updated",
        "priority",
        "-priority",
        "title",
        "-assignee"
      })
  void writesWhatItReads(String text) {
    assertEquals(text, TicketOrder.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "--number", "+number", "Number", "age", "number ", "id"})
  void refuses(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TicketOrder.parse(text));
    assertTrue(
        e.getMessage().contains("number, created, updated, priority, title, assignee"),
        e.getMessage());
  }

  @Test
  void theUsualOrders() {
    assertEquals("1234", sorted(TicketOrder.BY_NUMBER, TICKETS));
    assertEquals("4132", sorted(TicketOrder.MOST_URGENT, TICKETS));
  }
}
