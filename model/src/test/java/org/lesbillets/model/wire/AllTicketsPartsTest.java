package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RandomMessages;
import org.lesbillets.model.message.ServerMessage.AllTickets;

class AllTicketsPartsTest {
  private final EncodedTickets encodings = new EncodedTickets();

  private List<AllTickets> parts(List<Ticket> tickets) throws WireFormatException {
    return parts(tickets, Projection.WHOLE);
  }

  private List<AllTickets> parts(List<Ticket> tickets, Projection projection)
      throws WireFormatException {
    AllTickets all = new AllTickets("1", tickets, 92, "j-7", false, true, tickets.size());
    AllTicketsParts parts = new AllTicketsParts(all, projection, encodings);
    List<AllTickets> read = new ArrayList<>();
    while (parts.hasNext()) {
      byte[] part = parts.next();
      AllTickets message =
          (AllTickets) MessageCodec.decodeServerMessage(new String(part, StandardCharsets.UTF_8));
      assertArrayEquals(MessageCodec.encodeUtf8(message), part);
      assertTrue(
          part.length <= WireLimits.PART_BYTES || message.tickets().size() == 1,
          () -> "a part of " + part.length + " bytes");
      read.add(message);
    }
    assertThrows(NoSuchElementException.class, parts::next);
    return read;
  }

  private static void assertWhole(List<Ticket> tickets, List<AllTickets> parts) {
    List<Ticket> together = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      AllTickets part = parts.get(i);
      assertEquals(i < parts.size() - 1, part.more());
      assertTrue(part.reset());
      assertEquals(tickets.size(), part.total());
      assertEquals(92, part.revision());
      assertTrue(part.tickets().size() <= WireLimits.PART_TICKETS);
      together.addAll(part.tickets());
    }
    assertEquals(tickets, together);
  }

  @Test
  void noTicketsAreOneEmptyPart() throws Exception {
    List<AllTickets> parts = parts(List.of());
    assertEquals(1, parts.size());
    assertFalse(parts.get(0).more());
  }

  @Test
  void smallTicketsAreCountedInThousands() throws Exception {
    for (int count : new int[] {1, 400}) {
      List<Ticket> tickets = numbered(count);
      List<AllTickets> parts = parts(tickets);
      assertEquals(1, parts.size());
      assertWhole(tickets, parts);
    }
    List<Ticket> tickets = numbered(2_500);
    List<AllTickets> parts = parts(tickets);
    assertTrue(parts.size() >= 3, () -> parts.size() + " parts");
    assertWhole(tickets, parts);
  }

  private static List<Ticket> numbered(int count) {
    List<Ticket> tickets = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      tickets.add(GoldenSamples.BARE.withNumber(number));
    }
    return tickets;
  }

  @Test
  void aTicketLargerThanAPartIsAPartOfItsOwn() throws Exception {
    Ticket huge =
        GoldenSamples.BARE.withContent(
            GoldenSamples.BARE.content().withDescription("x".repeat(WireLimits.PART_BYTES)));
    List<Ticket> tickets = List.of(huge, GoldenSamples.BARE, huge, huge);
    List<AllTickets> parts = parts(tickets);
    assertEquals(4, parts.size());
    assertWhole(tickets, parts);
  }

  @Test
  void variedTicketsComeOutWhole() throws Exception {
    SeededTest.run(
        random -> {
          List<Ticket> tickets = new RandomTickets(random).tickets(random.nextInt(3_000));
          assertWhole(tickets, parts(tickets));
        });
  }

  /** Whatever is asked for is what the whole ticket has there, and nothing else is told. */
  @Test
  void aRowIsACutOutOfTheTicket() throws Exception {
    SeededTest.run(
        random -> {
          List<Ticket> tickets = new RandomTickets(random).tickets(20);
          Projection projection = new RandomMessages(random).fields();
          AllTickets part = parts(tickets, projection).get(0);
          assertEquals(List.of(), part.tickets(), "no row is taken for a ticket");
          assertEquals(projection.fields(), part.rows().fields());
          for (int i = 0; i < tickets.size(); i++) {
            Map<String, Object> whole = whole(tickets.get(i));
            whole.keySet().retainAll(projection.fields());
            assertEquals(whole, part.rows().rows().get(i).values());
          }
        });
  }

  private Map<String, Object> whole(Ticket ticket) throws WireFormatException {
    List<AllTickets> all = parts(List.of(ticket), Projection.of(Projection.NAMES));
    Map<String, Object> row = all.get(0).rows().rows().get(0).values();
    String told = MessageCodec.encode(parts(List.of(ticket)).get(0));
    String rows = MessageCodec.encode(all.get(0));
    assertEquals(told, rows.replaceFirst("\"fields\":\\[[^]]*],", ""), "all fields are the ticket");
    return new LinkedHashMap<>(row);
  }

  @Test
  void rowsAreCountedInThousands() throws Exception {
    List<AllTickets> parts = parts(numbered(2_500), Projection.of(List.of()));
    assertEquals(
        List.of(1_000, 1_000, 500), parts.stream().map(p -> p.rows().rows().size()).toList());
    assertEquals(2_500, parts.get(2).rows().rows().get(499).number());
  }

  @Test
  void aTicketThatDidNotChangeIsEncodedOnce() {
    Ticket ticket = GoldenSamples.BARE;
    byte[] json = encodings.of(ticket);
    assertSame(json, encodings.of(ticket));
    Ticket changed = ticket.withRevision(ticket.revision() + 1, ticket.revision() + 1);
    assertFalse(Arrays.equals(json, encodings.of(changed)));
    assertArrayEquals(json, encodings.of(ticket), "it is encoded again");
  }

  @Test
  void whatALockHasLeftIsNotKept() {
    Ticket locked = GoldenSamples.counted(GoldenSamples.FULL, 1);
    assertNotSame(encodings.of(locked), encodings.of(locked));
  }
}
