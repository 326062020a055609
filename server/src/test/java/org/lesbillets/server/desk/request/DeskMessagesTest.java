package org.lesbillets.server.desk.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.rules.RuleSamples.BOB;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.rules.RuleSamples;

/** Refusals by the server as people read them. */
class DeskMessagesTest {
  @Test
  void aWaitThatIsOver() {
    assertEquals(
        "Ticket 17 is still locked by bob: wait longer, or see who waits and why it is locked.",
        DeskMessages.waitedInVain(RuleSamples.locked(BOB, null, null)).message());
    assertEquals(
        "Your wait for ticket 17 is over, and nobody holds it now: lock it again.",
        DeskMessages.waitedInVain(RuleSamples.ticket()).message());
  }

  @Test
  void aJournalThatFailed() {
    assertEquals(
        "The server takes no changes, because its journal failed (the disk is full):"
            + " tell whoever runs it.",
        DeskMessages.readOnly("the disk is full").message());
    assertEquals(
        "It may have happened or not, because the journal failed (the disk is full):"
            + " when the server is well again, ask again with the same operation id.",
        DeskMessages.uncertain("the disk is full", true).message());
    assertEquals(
        "It may have happened or not, because the journal failed (the disk is full):"
            + " when the server is well again, look at the ticket before you ask again.",
        DeskMessages.uncertain("the disk is full", false).message());
    assertEquals(
        "The ticket and its history are redacted, but the old text may still be in the server's"
            + " files: the disk is full. The server goes on removing it by itself, after its next"
            + " start, too, and its log says when it is gone.",
        DeskMessages.unfinished("the disk is full.").message());
  }
}
