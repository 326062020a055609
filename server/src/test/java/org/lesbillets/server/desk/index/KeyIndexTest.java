package org.lesbillets.server.desk.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.rules.RuleSamples;

/** Which closed ticket of a key was closed last. */
class KeyIndexTest {
  private static final int MANY = 5_000;
  private static final Instant BEGIN = RuleSamples.NOW;

  private final TicketBook book = new TicketBook();
  private final KeyIndex keys = new KeyIndex(book);

  private static Ticket closed(int i) {
    Ticket any = RuleSamples.ticket();
    return new Ticket(
        new TicketId(new UUID(1, i)),
        i,
        any.content().with(TicketField.KEY, "disk").with(TicketField.STATUS, TicketStatus.CLOSED),
        any.created(),
        new Stamp(BEGIN.plusSeconds(i), RuleSamples.ALICE),
        i,
        i,
        0,
        null);
  }

  private void load(Ticket ticket) {
    book.put(ticket);
    keys.load(ticket);
  }

  @Test
  void aLookUpAsksAboutAFewOfManyTheLastUpdatedFirst() {
    for (int i = 1; i <= MANY; i++) {
      load(closed(i));
    }
    List<Ticket> asked = keys.lastClosed("disk", BEGIN).unknown();
    assertEquals(16, asked.size());
    assertEquals(MANY, asked.get(0).number());
    asked.forEach(one -> keys.learnClosing(one, one.updated().at()));
    KeyIndex.LastClosed known = keys.lastClosed("disk", BEGIN);
    assertEquals(List.of(), known.unknown(), "none of the others can have been closed later");
    assertEquals(Optional.of(closed(MANY)), known.ticket());
    assertEquals(
        KeyIndex.LastClosed.NONE,
        keys.lastClosed("disk", BEGIN.plusSeconds(MANY)),
        "closed at that moment is not after it");
  }

  @Test
  void oneThatWasUpdatedLaterMayHaveBeenClosedEarlier() {
    load(closed(1));
    load(closed(2));
    keys.learnClosing(closed(2), BEGIN.minus(Duration.ofHours(1)));
    assertEquals(List.of(closed(1)), keys.lastClosed("disk", BEGIN).unknown());
    keys.learnClosing(closed(1), BEGIN.plusSeconds(1));
    assertEquals(Optional.of(closed(1)), keys.lastClosed("disk", BEGIN).ticket());
  }
}
