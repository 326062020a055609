package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Ask;

/** What time brings to many tickets at one moment holds up neither the desk nor the journal. */
class ManyEndsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  /** What ends. */
  private enum Kind {
    SLEEPS {
      @Override
      ClientMessage begin(String id, long ticket, ManualDesk hand) {
        TicketPatch patch = TicketPatch.of(TicketField.WAKE_AT, hand.clock().now().plus(HOUR));
        return Ask.update(id, ticket, patch);
      }

      @Override
      boolean isUnderWay(Ticket ticket) {
        return ticket.isAsleep();
      }
    },
    LEASES {
      @Override
      ClientMessage begin(String id, long ticket, ManualDesk hand) {
        return Ask.lock(id, ticket, HOUR);
      }

      @Override
      boolean isUnderWay(Ticket ticket) {
        return ticket.isLocked();
      }
    };

    abstract ClientMessage begin(String id, long ticket, ManualDesk hand);

    abstract boolean isUnderWay(Ticket ticket);
  }

  private void begin(Kind kind, int count) {
    for (int i = 1; i <= count; i++) {
      hand.done(alice, Ask.create("c" + i, "Printer"));
      hand.done(alice, kind.begin("b" + i, i, hand));
    }
    assertEquals(count, underWay(kind));
  }

  private int underWay(Kind kind) {
    return (int) hand.desk().book().stream().filter(kind::isUnderWay).count();
  }

  @ParameterizedTest
  @EnumSource
  void thoseThatEndTogetherLeaveRoomInTheJournal(Kind kind) {
    begin(kind, 300);
    hand.pass(HOUR);
    assertEquals(256, hand.journal().held().size());
    assertTrue(hand.desk().runQueued() == 0, "it waits for the journal");
    hand.writeNext();
    assertEquals(256, hand.journal().held().size(), "the next as one ends");
    hand.writeAll();
    assertEquals(0, underWay(kind));
  }

  @ParameterizedTest
  @EnumSource
  void theyEndSliceBySlice(Kind kind) {
    begin(kind, 40);
    hand.clock().advance(HOUR.multipliedBy(2));
    hand.clock().lookTakes(Duration.ofMillis(1));
    hand.desk().runQueued();
    assertTrue(hand.journal().held().size() <= 3, "as many as fit 2 ms");
    hand.clock().lookTakes(Duration.ZERO);
    hand.settle();
    hand.writeAll();
    assertEquals(0, underWay(kind));
  }

  @Test
  void aTicketWhoseLeaseIsOverIsFreeAlthoughItsEndWaitsForTheJournal() {
    Asker bob = hand.agent("bob");
    begin(Kind.LEASES, 300);
    hand.pass(HOUR);
    List<Ticket> locked = hand.desk().book().stream().filter(Ticket::isLocked).toList();
    assertEquals(300, locked.size());
    long last = 300;
    hand.ask(bob, Ask.lock("mine", last));
    hand.writeAll();
    assertEquals("bob", bob.event("mine").event().event().ticket().lock().holder().value());
  }
}
