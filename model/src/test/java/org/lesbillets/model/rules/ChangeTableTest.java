package org.lesbillets.model.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;

/** Every change, in every state of its ticket, under every token it may name. Alice asks. */
class ChangeTableTest {
  /**
   * Tokens: "none" names none, "held" the one that holds, "old" one that held once. A dot stands
   * where the change cannot name a token. "upd+un" is an update that also releases the lock, "same"
   * one that changes nothing; "release" is an update of nothing that unlocks, "finish" one of the
   * title. Refusals are in capitals.
   */
  private static final String TABLE =
      """
      ticket lock   token lock   retitle close  reopen tag    nothing release finish comment unlock
      open   free   none  held   upd     upd    same   upd    same    same    upd    said    NOT
      open   free   old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      open   mine   none  LOCKED upd     upd+un same   upd    same    upd+un  upd+un said    freed
      open   mine   held  renew  upd     upd+un same   upd    same    upd+un  upd+un .       freed
      open   mine   old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      open   theirs none  LOCKED LOCKED  LOCKED LOCKED upd    same    LOCKED  LOCKED said    LOCKED
      open   theirs held  LOCKED LOCKED  LOCKED LOCKED LOCKED LOCKED  LOCKED  LOCKED .       LOCKED
      open   theirs old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      closed free   none  held   upd     same   upd    upd    same    same    upd    said    NOT
      closed free   old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      closed mine   none  LOCKED upd     same   upd    upd    same    upd+un  upd+un said    freed
      closed mine   held  renew  upd     same   upd    upd    same    upd+un  upd+un .       freed
      closed mine   old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      closed theirs none  LOCKED LOCKED  LOCKED LOCKED upd    same    LOCKED  LOCKED said    LOCKED
      closed theirs held  LOCKED LOCKED  LOCKED LOCKED LOCKED LOCKED  LOCKED  LOCKED .       LOCKED
      closed theirs old   STALE  STALE   STALE  STALE  STALE  STALE   STALE   STALE  .       STALE
      """;

  /** Those that need no lock, but to reopen. */
  private static final String QUEUED =
      """
      ticket lock   token snooze raise
      open   free   none  upd    upd
      open   free   old   STALE  .
      open   mine   none  upd    upd
      open   mine   held  upd    .
      open   mine   old   STALE  .
      open   theirs none  upd    upd
      open   theirs held  LOCKED .
      open   theirs old   STALE  .
      closed free   none  same   upd
      closed free   old   STALE  .
      closed mine   none  same   upd
      closed mine   held  same   .
      closed mine   old   STALE  .
      closed theirs none  same   LOCKED
      closed theirs held  LOCKED .
      closed theirs old   STALE  .
      """;

  /** Those that break a lock: the token is that of the lock that was seen; "-" gives no reason. */
  private static final String BREAKING =
      """
      ticket lock   token steal  steal-  force  force-  claim
      open   free   none  .      .       .      .       claimed
      open   free   old   held   held    NOT    NOT     .
      open   mine   none  .      .       .      .       .
      open   mine   held  stolen stolen  forced forced  .
      open   mine   old   STALE  STALE   STALE  STALE   .
      open   theirs none  .      .       .      .       .
      open   theirs held  stolen INVALID forced INVALID .
      open   theirs old   STALE  STALE   STALE  STALE   .
      closed free   none  .      .       .      .       .
      closed free   old   held   held    NOT    NOT     .
      closed mine   none  .      .       .      .       .
      closed mine   held  stolen stolen  forced forced  .
      closed mine   old   STALE  STALE   STALE  STALE   .
      closed theirs none  .      .       .      .       .
      closed theirs held  stolen INVALID forced INVALID .
      closed theirs old   STALE  STALE   STALE  STALE   .
      """;

  /**
   * Ends of claims: "kept" is a claim that does not return, "back" one that does, "theirB" one of
   * bob's that does. A release says "freed" where the assignment stays, "back" where it goes with
   * the lock, "back+1" where the attempt counts too.
   */
  private static final String CLAIMED =
      """
      ticket lock   token unlock giveback failed  close  finish assign steal   force
      open   free   none  NOT    NOT      NOT     upd    upd    upd    .       .
      open   mine   none  freed  INVALID  INVALID upd+un upd+un upd    .       .
      open   kept   none  freed  back     back+1  upd+un upd+un upd    .       .
      open   kept   held  freed  back     back+1  upd+un upd+un upd    stolen  forced
      open   kept   old   STALE  STALE    STALE   STALE  STALE  STALE  STALE   STALE
      open   back   none  freed  back     back+1  upd+un upd+un upd    .       .
      open   back   held  freed  back     back+1  upd+un upd+un upd    stolenB forcedB
      open   back   old   STALE  STALE    STALE   STALE  STALE  STALE  STALE   STALE
      open   theirs none  LOCKED LOCKED   LOCKED  LOCKED LOCKED LOCKED .       .
      open   theirB none  LOCKED LOCKED   LOCKED  LOCKED LOCKED LOCKED .       .
      open   theirB held  LOCKED LOCKED   LOCKED  LOCKED LOCKED LOCKED stolenB forcedB
      """;

  private static final Set<String> BREAKS = Set.of("steal", "steal-", "force", "force-", "claim");
  private static final String REASON = "customer on the phone";
  private static final long HELD = 40;
  private static final long OLD = 30;

  @TestFactory
  Stream<DynamicTest> everyChangeInEveryState() {
    return Stream.of(TABLE, QUEUED, BREAKING, CLAIMED).flatMap(table -> tests(table).stream());
  }

  /** A create and an import make their ticket; a redaction is permitted in every state. */
  private static final Set<Class<?>> ELSEWHERE =
      Set.of(
          ClientMessage.CreateTicket.class,
          ClientMessage.ImportTicket.class,
          ClientMessage.ImportComment.class,
          ClientMessage.RedactTicket.class);

  @Test
  void everyChangeThereIsStandsInATable() {
    Set<Class<?>> asked =
        Stream.of(TABLE, QUEUED, BREAKING, CLAIMED)
            .flatMap(table -> changes(table).stream())
            .map(change -> change(change, HELD).getClass())
            .collect(Collectors.toCollection(HashSet::new));
    asked.addAll(ELSEWHERE);
    assertEquals(
        records(ClientMessage.Change.class).collect(Collectors.toSet()), Set.copyOf(asked));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(ChangeTableTest::records);
  }

  /** The names of the changes over a table's columns. */
  private static List<String> changes(String table) {
    List<String> head = List.of(table.lines().iterator().next().split(" +"));
    return head.subList(3, head.size());
  }

  private static List<DynamicTest> tests(String table) {
    List<List<String>> rows = table.lines().map(line -> List.of(line.split(" +"))).toList();
    List<String> changes = changes(table);
    List<DynamicTest> tests = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int i = 0; i < changes.size(); i++) {
        String change = changes.get(i);
        String expected = row.get(i + 3);
        if (!expected.equals(".")) {
          tests.add(
              DynamicTest.dynamicTest(
                  change + " of " + row.subList(0, 3) + ": " + expected,
                  () -> check(ticket(row), change(change, token(row)), expected)));
        }
      }
    }
    return tests;
  }

  private static Ticket ticket(List<String> row) {
    Ticket open = RuleSamples.ticket().withRevision(50, 20);
    Ticket ticket =
        row.get(0).equals("open") ? open : open.withContent(open.content().patched(Ask.CLOSE));
    return switch (row.get(1)) {
      case "free" -> ticket;
      case "mine" -> ticket.withLock(lock("alice"));
      case "theirs" -> ticket.withLock(lock("bob"));
      case "kept" -> claimed(ticket, "alice", LockKind.CLAIM);
      case "back" -> claimed(ticket, "alice", LockKind.RETURNING_CLAIM);
      case "theirB" -> claimed(ticket, "bob", LockKind.RETURNING_CLAIM);
      default -> throw new IllegalArgumentException(row.get(1));
    };
  }

  private static Ticket claimed(Ticket ticket, String holder, LockKind kind) {
    AgentName assignee = new AgentName(holder);
    return ticket
        .withContent(ticket.content().withAssignee(assignee))
        .withLock(lock(holder).withKind(kind));
  }

  private static TicketLock lock(String holder) {
    return new TicketLock(
        new AgentName(holder),
        HELD,
        RuleSamples.NOW.minusSeconds(120),
        Duration.ofMinutes(15),
        Duration.ofMinutes(13),
        null,
        null,
        0);
  }

  private static Long token(List<String> row) {
    return switch (row.get(2)) {
      case "none" -> null;
      case "held" -> HELD;
      case "old" -> OLD;
      default -> throw new IllegalArgumentException(row.get(2));
    };
  }

  private static ClientMessage.Change change(String name, Long token) {
    if (BREAKS.contains(name)) {
      return breaking(name, token);
    }
    Map<String, ClientMessage.Change> changes = new HashMap<>(updates(token));
    changes.put("lock", Ask.lock("1", 1, token, RuleSamples.TERMS));
    changes.put("comment", Ask.comment("1", 1, "Hello"));
    changes.put("raise", Ask.raise("1", "k"));
    changes.put("unlock", Ask.unlock("1", 1, token));
    changes.put("giveback", Ask.giveBack("1", 1, token, GiveBack.UNTRIED));
    changes.put("failed", Ask.giveBack("1", 1, token, GiveBack.FAILED));
    return changes.get(name);
  }

  private static Map<String, ClientMessage.Change> updates(Long token) {
    return Map.of(
        "assign",
            Ask.update("1", 1, TicketPatch.of(TicketField.ASSIGNEE, new AgentName("carol")), token),
        "retitle", Ask.update("1", 1, TicketPatch.of(TicketField.TITLE, "New"), token),
        "close", Ask.update("1", 1, Ask.CLOSE, token),
        "reopen", Ask.update("1", 1, Ask.REOPEN, token),
        "tag", Ask.update("1", 1, Ask.TAG, token),
        "snooze",
            Ask.update(
                "1", 1, TicketPatch.of(TicketField.WAKE_AT, RuleSamples.NOW.plusMillis(1)), token),
        "nothing", Ask.update("1", 1, TicketPatch.NOTHING, token),
        "release", unlocking(TicketPatch.NOTHING, token),
        "finish", unlocking(TicketPatch.of(TicketField.TITLE, "New"), token));
  }

  private static ClientMessage.Change breaking(String name, Long token) {
    return switch (name) {
      case "steal" -> Ask.steal("1", 1, token, REASON);
      case "steal-" -> Ask.steal("1", 1, token, null);
      case "force" -> Ask.force("1", 1, token, REASON);
      case "force-" -> Ask.force("1", 1, token, " ");
      case "claim" -> Ask.claim("1");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ClientMessage.UpdateTicket unlocking(TicketPatch changes, Long token) {
    return new ClientMessage.UpdateTicket("1", null, TicketRef.of(1), changes, token, null, true);
  }

  private static void check(Ticket ticket, ClientMessage.Change change, String expected) {
    Decision decision =
        TicketRules.decide(
            change,
            RuleSamples.facts(ticket.id(), ticket, new AgentName("alice"), RuleSamples.NOW));
    Shown shown = new Shown(ticket);
    decision.accept(shown);
    assertEquals(expected, shown.words);
  }

  /** A decision in the words of the table; whatever it says must hold together. */
  private static final class Shown implements Decision.Visitor {
    private final Ticket before;
    private String words;

    Shown(Ticket before) {
      this.before = before;
    }

    @Override
    public void onAccepted(Decision.Accepted decision) {
      words = accepted(decision);
    }

    private String accepted(Decision.Accepted decision) {
      WireEvent event = decision.event();
      assertEquals(before.id(), event.ticket().id());
      assertEquals(RuleSamples.NOW, event.at());
      assertEquals(new AgentName("alice"), event.by());
      if (event instanceof TicketUpdated updated) {
        assertEquals(updated.changes(), event.ticket().content().changesSince(before.content()));
        assertEquals(updated.unlocked() ? null : lockAfter(updated), event.ticket().lock());
        return updated.unlocked() ? "upd+un" : "upd";
      }
      if (event instanceof TicketLocked locked) {
        return locked(locked);
      }
      if (event instanceof TicketUnlocked unlocked) {
        return unlocked(unlocked);
      }
      assertEquals(before.content(), event.ticket().content());
      return "said";
    }

    private TicketLock lockAfter(TicketUpdated event) {
      boolean assigned = event.changes().stream().anyMatch(c -> c.field() == TicketField.ASSIGNEE);
      boolean returns = before.isLocked() && before.lock().kind().returns();
      return assigned && returns ? before.lock().withKind(LockKind.CLAIM) : before.lock();
    }

    private String locked(TicketLocked event) {
      AgentName kept = event.returned() ? null : before.content().assignee();
      AgentName assignee = event.claimed() ? new AgentName("alice") : kept;
      assertEquals(before.content().withAssignee(assignee), event.ticket().content());
      assertEquals(new AgentName("alice"), event.ticket().lock().holder());
      assertEquals(
          event.renewed() ? HELD : TicketLock.SELF, event.ticket().lock().token(), "its token");
      if (event.stolenFrom() != null) {
        assertEquals(before.lock().holder(), event.stolenFrom());
        assertEquals(LockKind.PLAIN, event.ticket().lock().kind(), "the thief's");
        assertEquals(before.attempts(), event.ticket().attempts());
        return event.returned() ? "stolenB" : "stolen";
      }
      return event.claimed() ? "claimed" : event.renewed() ? "renew" : "held";
    }

    private String unlocked(TicketUnlocked event) {
      assertEquals(null, event.ticket().lock());
      assertEquals(before.lock(), event.ended());
      AgentName assignee = event.returned() ? null : before.content().assignee();
      assertEquals(
          before.content().withAssignee(assignee),
          event.ticket().withAttempts(before.attempts()).content());
      long failed = event.ticket().attempts() - before.attempts();
      if (event.reason() == UnlockReason.FORCED) {
        assertEquals(0, failed);
        return event.returned() ? "forcedB" : "forced";
      }
      return (event.returned() ? "back" : "freed") + (failed == 0 ? "" : "+" + failed);
    }

    @Override
    public void onUnchanged(Decision.Unchanged decision) {
      words = "same";
    }

    @Override
    public void onRejected(Decision.Rejected no) {
      words = rejected(no);
    }

    private String rejected(Decision.Rejected no) {
      return switch (no.code()) {
        case LOCKED -> {
          assertEquals(before.lock(), no.details().lock());
          yield "LOCKED";
        }
        case STALE_TOKEN -> {
          assertEquals(before.lock(), no.details().lock());
          yield "STALE";
        }
        case NOT_LOCKED -> {
          assertEquals(null, before.lock());
          yield "NOT";
        }
        case INVALID,
            UNKNOWN_TYPE,
            TOO_LARGE,
            NOT_FOUND,
            AMBIGUOUS,
            STALE_REVISION,
            FORBIDDEN,
            TIMEOUT,
            BUSY,
            READ_ONLY,
            UNCERTAIN ->
            no.code().name();
      };
    }
  }
}
