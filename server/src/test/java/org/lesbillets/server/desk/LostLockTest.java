package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** Alice lost her lock, and is told how, whatever she asks for under its token. */
class LostLockTest {
  private static final String WHY = "customer on the phone";

  private ManualDesk hand;
  private Asker alice;
  private Asker bob;
  private long token;

  @BeforeEach
  void open() {
    open(TicketDesk.Limits.DEFAULT);
  }

  private void open(TicketDesk.Limits limits) {
    hand = new ManualDesk(new MemoryJournal(), limits);
    alice = hand.agent("alice");
    bob = hand.agent("bob");
    hand.done(alice, Ask.create("create", "Printer"));
    token = hand.done(alice, Ask.lock("lock", 1, Duration.ofSeconds(30))).revision();
  }

  @AfterEach
  void close() {
    hand.close();
  }

  /** By the name of each way, what she is told; NN stands for her token, MM for the present one. */
  private static final Map<String, String> WAYS =
      Map.of(
          "expired",
              "The lock NN on ticket 1 ran out of time, and nobody holds it now: lock it again.",
          "expired and taken",
              "The lock NN on ticket 1 ran out of time, and bob holds it now under token MM: look"
                  + " at what changed.",
          "stolen",
              "The lock NN on ticket 1 was taken over by bob (customer on the phone), and bob holds"
                  + " it now under token MM: look at what changed.",
          "forced",
              "The lock NN on ticket 1 was broken by bob (customer on the phone), and nobody holds"
                  + " it now: lock it again.",
          "released",
              "The lock NN on ticket 1 was released by you, and nobody holds it now: lock it"
                  + " again.",
          "closed",
              "The lock NN on ticket 1 was released by you, and nobody holds it now: lock it"
                  + " again.",
          "taken elsewhere",
              "The lock NN on ticket 1 was taken over by you, and you hold it now under token MM:"
                  + " go on with that one.");

  private void lose(String way) {
    switch (way) {
      case "expired" -> expire();
      case "expired and taken" -> {
        expire();
        hand.done(bob, Ask.lock("b", 1));
      }
      case "stolen" -> hand.done(bob, Ask.steal("b", 1, token, WHY));
      case "forced" -> hand.done(bob, Ask.force("b", 1, token, WHY));
      case "released" -> hand.done(alice, Ask.unlock("elsewhere", 1, null));
      case "closed" -> hand.done(alice, Ask.update("elsewhere", 1, Ask.CLOSE));
      case "taken elsewhere" -> hand.done(alice, Ask.steal("elsewhere", 1, token, null));
      default -> throw new IllegalArgumentException(way);
    }
  }

  private void expire() {
    hand.pass(Duration.ofSeconds(30));
    hand.writeAll();
  }

  private Map<String, ClientMessage.Change> changes() {
    return Map.of(
        "renew", Ask.renew("x", 1, token),
        "retitle", Ask.update("x", 1, TicketPatch.of(TicketField.TITLE, "New"), token),
        "close", Ask.update("x", 1, Ask.CLOSE, token),
        "reopen", Ask.update("x", 1, Ask.REOPEN, token),
        "tag", Ask.update("x", 1, Ask.TAG, token),
        "finish",
            new ClientMessage.UpdateTicket(
                "x", null, TicketRef.of(1), TicketPatch.NOTHING, token, null, true),
        "unlock", Ask.unlock("x", 1, token));
  }

  @TestFactory
  Stream<DynamicTest> everyChangeUnderTheTokenIsRefusedAndSaysHowItWasLost() {
    return WAYS.keySet().stream()
        .sorted()
        .flatMap(
            way ->
                changes().keySet().stream()
                    .sorted()
                    .map(
                        change ->
                            DynamicTest.dynamicTest(way + ", " + change, () -> say(way, change))));
  }

  private void say(String way, String change) {
    hand.close();
    open();
    lose(way);
    int events = hand.told().size();
    hand.ask(alice, changes().get(change));
    assertEquals(RejectionCode.STALE_TOKEN, alice.code("x"));
    assertEquals(hand.ticket(1).isLocked(), alice.rejected("x").details().lock() != null);
    String present = hand.ticket(1).isLocked() ? "" + hand.ticket(1).lock().token() : "none";
    assertEquals(
        WAYS.get(way).replace("NN", "" + token).replace("MM", present),
        alice.rejected("x").message());
    assertEquals(0, hand.journal().held().size());
    assertEquals(events, hand.told().size(), "nothing happened");
  }

  @Test
  void nobodyKnowsAfterARestart(@TempDir Path data) throws Exception {
    try (DataDirectory directory = DataDirectory.open(data)) {
      ManualDesk before = new ManualDesk(SqliteJournal.open(directory), TicketDesk.Limits.DEFAULT);
      before.done(alice, Ask.create("new", "Printer"));
      long old = before.done(alice, Ask.lock("old", 1)).revision();
      before.done(bob, Ask.steal("steal", 1, old, WHY));
      before.close();
      ManualDesk after = new ManualDesk(SqliteJournal.open(directory), TicketDesk.Limits.DEFAULT);
      after.ask(alice, Ask.renew("x", 1, old));
      after.close();
      assertEquals(RejectionCode.STALE_TOKEN, alice.code("x"));
      assertEquals(
          "Token 2 does not hold ticket 1, and bob holds it now under token 3: look at what"
              + " changed.",
          alice.rejected("x").message());
    }
  }

  @Test
  void everybodyIsToldWhoBrokeALockWhoseAndWhy() {
    hand.done(bob, Ask.steal("steal", 1, token, WHY));
    TicketLocked stolen = (TicketLocked) hand.last().event();
    assertEquals("bob", stolen.by().value());
    assertEquals("alice", stolen.stolenFrom().value());
    assertEquals(WHY, stolen.reason());
    assertEquals(hand.last().revision(), stolen.ticket().lock().token());
    hand.done(alice, Ask.force("force", 1, hand.last().revision(), "mine"));
    TicketUnlocked forced = (TicketUnlocked) hand.last().event();
    assertEquals(UnlockReason.FORCED, forced.reason());
    assertEquals("mine", forced.note());
    assertEquals("alice", forced.by().value());
    assertEquals("bob", forced.ended().holder().value());
    assertNull(forced.ticket().lock());
  }

  @Test
  void onlyTheLockThatWasSeenIsBroken() {
    hand.done(alice, Ask.unlock("u", 1, token));
    hand.done(alice, Ask.lock("again", 1));
    for (ClientMessage.Change late :
        List.of(Ask.steal("s", 1, token, WHY), Ask.force("f", 1, token, WHY))) {
      hand.ask(bob, late);
      assertEquals(RejectionCode.STALE_TOKEN, bob.code(late.requestId()));
      assertEquals("alice", bob.rejected(late.requestId()).details().lock().holder().value());
    }
  }

  @Test
  void aTokenAndABreakAreNotNamedTogether() {
    hand.ask(
        alice,
        new ClientMessage.LockTicket(
            "s", null, TicketRef.of(1), token, RuleSamples.TERMS, null, new LockBreak(token, WHY)));
    hand.ask(
        alice,
        new ClientMessage.UnlockTicket(
            "f", null, TicketRef.of(1), token, new LockBreak(token, WHY), null));
    assertEquals(RejectionCode.INVALID, alice.code("s"));
    assertEquals("steal", alice.rejected("s").details().field());
    assertEquals(RejectionCode.INVALID, alice.code("f"));
    assertEquals("force", alice.rejected("f").details().field());
  }

  @ParameterizedTest(name = "{0}: {1} breaks {2}''s lock: {3}")
  @CsvSource({
    "AGENTS_BREAK, AGENT, alice, yes",
    "AGENTS_BREAK, ADMIN, alice, yes",
    "AGENTS_BREAK, AGENT, bob, yes",
    "ADMINS_BREAK, AGENT, alice, FORBIDDEN",
    "ADMINS_BREAK, ADMIN, alice, yes",
    "ADMINS_BREAK, AGENT, bob, yes"
  })
  void whoMayBreakALock(LockPolicy policy, Role role, String holder, String expected) {
    hand.close();
    open(TicketDesk.Limits.of(16_384, policy));
    long seen = token;
    if (holder.equals("bob")) {
      hand.done(alice, Ask.unlock("u", 1, token));
      seen = hand.done(bob, Ask.lock("l", 1)).revision();
    }
    Asker breaker = new Asker("bob", role);
    hand.ask(breaker, Ask.steal("steal", 1, seen, WHY));
    hand.writeAll();
    assertOutcome(breaker, "steal", expected);
    hand.ask(breaker, Ask.force("force", 1, hand.ticket(1).lock().token(), WHY));
    hand.writeAll();
    assertOutcome(breaker, "force", expected);
  }

  private static void assertOutcome(Asker breaker, String id, String expected) {
    if (expected.equals("yes")) {
      assertTrue(breaker.event(id).event().revision() > 0);
    } else {
      assertEquals(RejectionCode.valueOf(expected), breaker.code(id));
      assertEquals(
          "Only admins break locks on this server: ask alice, who holds ticket 1, or an admin.",
          breaker.rejected(id).message());
    }
  }
}
