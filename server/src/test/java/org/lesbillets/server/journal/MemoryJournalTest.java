package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.Facts.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.World;

final class MemoryJournalTest extends JournalContract {

  @Override
  protected Journal open() {
    return new MemoryJournal("test");
  }

  @Test
  void isEphemeralAndSaysSo() {
    try (MemoryJournal journal = new MemoryJournal()) {
      assertTrue(journal.ephemeral());
      JournalException refused =
          assertThrows(JournalException.class, () -> journal.backup(Path.of("backup.db")));
      assertTrue(refused.getMessage().contains("nothing to back up"), refused.getMessage());
    }
  }

  @Test
  void forgetsOldEventsButNoStateAfterThem() {
    long seed = RandomFacts.seed();
    try (MemoryJournal journal = new MemoryJournal("small", World.system(), 50)) {
      Tailed tailed = Tailed.of(journal);
      RandomFacts facts = new RandomFacts(seed);
      for (int i = 0; i < 200; i++) {
        tailed.ticketAfter(facts.next(tailed.book()));
      }
      long forgotten = tailed.events().get(149).revision();
      assertFalse(journal.reads().remembers(new ResumePoint("small", forgotten - 1)));
      assertTrue(journal.reads().remembers(new ResumePoint("small", forgotten)));
      assertEquals(Optional.empty(), journal.reads().event(forgotten));
      assertEquals(50, journal.reads().eventsAfter(forgotten, 1_000, Long.MAX_VALUE).size());
      statesSince(forgotten, tailed.events(), journal, seed);
    }
  }

  private static void statesSince(
      long revision, List<SequencedEvent> events, Journal journal, long seed) {
    TicketBook book = new TicketBook();
    for (SequencedEvent event : events) {
      book.apply(event);
      for (Ticket ticket : event.revision() < revision ? List.<Ticket>of() : book.tickets()) {
        assertEquals(
            Optional.of(ticket),
            journal.reads().ticketAt(ticket.id(), event.revision()),
            "seed " + seed);
      }
    }
  }

  @Test
  void neverForgetsHowATicketWasImported() {
    try (MemoryJournal journal = new MemoryJournal("small", World.system(), 3)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.imported(new UUID(1, 1), 7, "t", "a", "b"));
      SequencedEvent came = tailed.events().get(0);
      for (int i = 0; i < 10; i++) {
        ticket = tailed.ticketAfter(Facts.comment(ticket, "later"));
      }
      assertEquals(Optional.empty(), journal.reads().event(came.revision()));
      assertEquals(
          Optional.of(new Imported(came, List.of(Facts.said(1, "a"), Facts.said(2, "b")))),
          journal.reads().imported(ticket.id()));
    }
  }

  @Test
  void forgetsOperationsAfterADayButNeverACreate() {
    FakeClock clock = new FakeClock();
    try (MemoryJournal journal = new MemoryJournal("test", World.system(clock), 1_000)) {
      Tailed tailed = Tailed.of(journal);
      Operation create = Facts.operation("create", "c", true);
      Operation change = Facts.operation("change", "u", false);
      Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, Facts.draft("t"), create));
      ticket = tailed.ticketAfter(Facts.retitle(ticket, "u", change));
      clock.advance(Duration.ofHours(23));
      clock.jump(Duration.ofDays(2));
      ticket = tailed.ticketAfter(Facts.comment(ticket, "later"));
      assertTrue(journal.reads().operation(ALICE, change.id()).isPresent());
      clock.advance(Duration.ofHours(2));
      tailed.ticketAfter(Facts.comment(ticket, "much later"));
      assertTrue(journal.reads().operation(ALICE, change.id()).isEmpty());
      assertTrue(journal.reads().operation(ALICE, create.id()).isPresent());
    }
  }
}
