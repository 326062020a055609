package org.lesbillets.cli.client.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.watch.EventChain.Applied;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.AllTickets;

final class TicketViewTest {

  /** What becomes of an event pushed to a view that stands at revision 10. */
  @ParameterizedTest
  @CsvSource({
    // filtered, revision, previous, becomes, then stands at
    "false, 11, 10, APPLIED,   11",
    "false, 15, 10, APPLIED,   15",
    "false, 10,  9, DUPLICATE, 10",
    "false,  3,  2, DUPLICATE, 10",
    "false, 10, 10, DUPLICATE, 10",
    "false, 12, 11, GAP,       10",
    "false, 15, 14, GAP,       10",
    "false, 12,  9, GAP,       10",
    "false, 12,  0, GAP,       10",
    "true,  11, 10, APPLIED,   11",
    "true,  15, 14, APPLIED,   15",
    "true,  12,  9, APPLIED,   12",
    "true,  10,  9, DUPLICATE, 10",
    "true,   1,  0, DUPLICATE, 10",
  })
  void checksTheChain(boolean filtered, long revision, long previous, Applied becomes, long then) {
    TicketView view = new TicketView(filtered);
    view.reset(snapshot(10));
    assertEquals(becomes, view.apply(SampleMessages.pushed(revision, previous)));
    assertEquals(new ResumePoint(SampleMessages.JOURNAL, then), view.resumePoint());
    assertEquals(then, view.book().revision());
    assertEquals(becomes == Applied.APPLIED ? 2 : 1, view.book().size());
  }

  private static AllTickets snapshot(long revision) {
    return new AllTickets(
        "1",
        List.of(SampleMessages.ticket(1, 4)),
        revision,
        SampleMessages.JOURNAL,
        false,
        true,
        1);
  }

  @Test
  void knowsNothingBeforeTheFirstSnapshot() {
    TicketView view = new TicketView(false);
    assertNull(view.resumePoint());
    assertEquals(Applied.GAP, view.apply(SampleMessages.pushed(1, 0)));
    view.position(5);
    assertNull(view.resumePoint());
    assertEquals(0, view.book().size());
  }

  @Test
  void aSnapshotReplacesEverything() {
    TicketView view = new TicketView(false);
    view.reset(snapshot(10));
    view.apply(SampleMessages.pushed(11, 10));
    view.reset(new AllTickets("1", List.of(), 3, "journal-2", false, true, 0));
    assertEquals(new ResumePoint("journal-2", 3), view.resumePoint());
    assertEquals(0, view.book().size());
    assertEquals(Applied.APPLIED, view.apply(SampleMessages.pushed(4, 3)));
  }

  @ParameterizedTest
  @CsvSource({"true,20,20", "true,5,10", "false,20,10"})
  void aPositionMovesAFilteredViewAndNeverBack(boolean filtered, long told, long then) {
    TicketView view = new TicketView(filtered);
    view.reset(snapshot(10));
    view.position(told);
    assertEquals(then, view.resumePoint().revision());
    assertEquals(then, view.book().revision());
  }

  /** A position a person named may lie between two events: then only what is later is missing. */
  @ParameterizedTest
  @CsvSource({"12,8,APPLIED", "12,10,APPLIED", "12,11,GAP", "9,8,DUPLICATE"})
  void aChainMayBeginBetweenTwoEvents(long revision, long previous, Applied becomes) {
    EventChain chain = new EventChain(false);
    chain.startNear(new ResumePoint(SampleMessages.JOURNAL, 10));
    assertEquals(becomes, chain.step(SampleMessages.created(revision, previous)));
  }
}
