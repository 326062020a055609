package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/**
 * Checks that a history is one the model allows: its events are those of the model, one after the
 * other; whatever was answered agrees with the event at its revision, or with a state between its
 * request and its answer; what had ended before another began comes before it. Looks at each event
 * and operation once, but for sorting.
 */
final class HistoryCheck {
  private static final LockModel.State NEW = new LockModel.State(null, 0, null, 0);

  private static final Set<RejectionCode> TELL_LOCK =
      Set.of(RejectionCode.LOCKED, RejectionCode.STALE_TOKEN, RejectionCode.TIMEOUT);

  private final List<SequencedEvent> events;
  private final List<LockOperation> operations;
  private final Violations violations = new Violations();
  private final Matching matching;
  private final Map<Long, TreeMap<Long, LockModel.State>> states = new HashMap<>();
  private final long[] ends;
  private final long[] highestSoFar;
  private final long[] begins;
  private final long[] lowestFromHere;
  private int expiries;

  HistoryCheck(List<SequencedEvent> events, List<LockOperation> operations) {
    this.events = events;
    this.operations = operations;
    this.matching = new Matching(events, operations, violations);
    List<LockOperation> done = operations.stream().filter(LockOperation::isDone).toList();
    List<LockOperation> byEnd =
        done.stream().sorted(Comparator.comparingLong(LockOperation::ended)).toList();
    ends = byEnd.stream().mapToLong(LockOperation::ended).toArray();
    highestSoFar = byEnd.stream().mapToLong(LockOperation::revision).toArray();
    Arrays.parallelPrefix(highestSoFar, Math::max);
    List<LockOperation> byBegin =
        operations.stream()
            .filter(operation -> matching.revision(operation) != null)
            .sorted(Comparator.comparingLong(LockOperation::began).reversed())
            .toList();
    begins = byBegin.stream().mapToLong(operation -> -operation.began()).toArray();
    lowestFromHere = byBegin.stream().mapToLong(matching::revision).toArray();
    Arrays.parallelPrefix(lowestFromHere, Math::min);
  }

  Violations check() {
    long previous = 0;
    for (SequencedEvent event : events) {
      if (event.previousRevision() != previous || event.revision() <= previous) {
        violations.add("the chain is broken after %d: %s", previous, event);
      }
      previous = event.revision();
      replay(event);
    }
    Map<Long, SequencedEvent> byRevision = new HashMap<>();
    events.forEach(event -> byRevision.put(event.revision(), event));
    for (LockOperation operation : operations) {
      check(operation, byRevision);
    }
    return violations;
  }

  /**
   * Checks that time ended no lock too early: a lease begins no sooner than somebody first asked
   * for it, and is over before anybody hears of its end, however slow everything is.
   *
   * @param heard by its token, when somebody heard that a lock had run out
   */
  void checkEnds(Map<Long, Long> heard) {
    Map<Long, SequencedEvent> begun = new HashMap<>();
    for (SequencedEvent event : events) {
      if (event.event() instanceof WireEvent.TicketLocked locked) {
        begun.put(locked.ticket().lock().token(), event);
      }
    }
    heard.forEach((token, nanos) -> checkEnd(begun.get(token), nanos));
  }

  private void checkEnd(SequencedEvent begun, long heard) {
    LockOperation operation = matching.operation(begun);
    if (operation != null
        && heard - operation.began() < begun.event().ticket().lock().ttl().toNanos()) {
      violations.add("ran out too early: %s", operation);
    }
  }

  /** How many locks time ended. */
  int expiries() {
    return expiries;
  }

  private void replay(SequencedEvent event) {
    TreeMap<Long, LockModel.State> history =
        states.computeIfAbsent(event.event().ticket().number(), number -> new TreeMap<>());
    LockModel.State before = history.isEmpty() ? NEW : history.lastEntry().getValue();
    LockModel.State after = after(before, event);
    TicketLock lock = event.event().ticket().lock();
    LockModel.State told =
        lock == null
            ? after.freed()
            : after.heldBy(lock.holder().value(), lock.token(), lock.since());
    if (!told.equals(after)) {
      violations.add("the model has %s after %s", after, event);
    }
    history.put(event.revision(), told);
  }

  private LockModel.State after(LockModel.State before, SequencedEvent event) {
    if (event.event() instanceof WireEvent.TicketCreated) {
      return before.changedAt(event.revision());
    }
    if (EventWords.isExpiry(event) || EventWords.isGivenUp(event)) {
      long ended = ((WireEvent.TicketUnlocked) event.event()).ended().token();
      if (before.isFree() || before.token() != ended) {
        violations.add("a lock ended that was not held: %s after %s", event, before);
      }
      expiries += EventWords.isExpiry(event) ? 1 : 0;
      if (EventWords.isGivenUp(event) && !cameToNobody(matching.operation(ended))) {
        violations.add("given up, though somebody was there: %s", event);
      }
      return before.freed();
    }
    return afterOperation(before, event);
  }

  /** Whether it is the wait of somebody whose connection was cut. */
  private static boolean cameToNobody(LockOperation operation) {
    return operation != null
        && operation.change() instanceof ClientMessage.LockTicket lock
        && lock.waiting() != null
        && (operation.answer() == null || operation.attempts() > 1);
  }

  private LockModel.State afterOperation(LockModel.State before, SequencedEvent event) {
    LockOperation operation = matching.operation(event);
    String kind = EventWords.kind(event);
    if (operation == null) {
      return before;
    }
    String expected = LockModel.outcome(before, operation.agent(), operation.change());
    boolean waited = expected.equals("TIMEOUT");
    if (!kind.equals(expected)) {
      violations.add(
          "%s%s instead of %s in %s: %s",
          kind, waited ? " too early" : "", expected, before, operation);
    }
    return switch (kind) {
      case "granted", "stolen" ->
          before.heldBy(operation.agent(), event.revision(), event.event().at());
      case "released", "forced" -> before.freed();
      case "updated" -> updated(before, operation, event);
      default -> before;
    };
  }

  private LockModel.State updated(
      LockModel.State before, LockOperation operation, SequencedEvent event) {
    boolean releases =
        ((ClientMessage.UpdateTicket) operation.change()).unlock()
            && operation.agent().equals(before.holder());
    boolean released = ((WireEvent.TicketUpdated) event.event()).unlocked();
    if (releases != released) {
      violations.add("unlocked is %s in %s: %s", released, before, operation);
    }
    LockModel.State after = before.changedAt(event.revision());
    return releases ? after.freed() : after;
  }

  private void check(LockOperation operation, Map<Long, SequencedEvent> byRevision) {
    Long revision = matching.revision(operation);
    if (revision != null && revision <= floor(operation.began())) {
      violations.add("came at %d, before what had ended: %s", revision, operation);
    }
    if (operation.isDone()) {
      checkDone(operation, byRevision.get(operation.revision()));
    } else if (operation.isRefused()) {
      checkRefused(operation);
    }
    if (operation.isKnownNotDone() && revision != null) {
      violations.add("refused, and happened at %d: %s", revision, operation);
    }
  }

  private void checkDone(LockOperation operation, SequencedEvent event) {
    SequencedEvent answered = ((ServerMessage.EventMessage) operation.answer()).event();
    if (event == null) {
      violations.add("lost: " + operation);
    } else if (!EventWords.settled(event).equals(EventWords.settled(answered))) {
      violations.add("answered %s, but the journal has %s", operation, event);
    } else if (matching.operation(event) != operation) {
      violations.add("answered with the event of %s: %s", matching.operation(event), operation);
    }
  }

  /** Of all that was known to be over at this time, the last revision. */
  private long floor(long nanos) {
    int count = countBefore(ends, nanos);
    return count == 0 ? 0 : highestSoFar[count - 1];
  }

  /** Of all that began after this time, the first revision; it is no later than one before that. */
  private long ceiling(long nanos) {
    int count = countBefore(begins, -nanos);
    return count == 0 ? Long.MAX_VALUE : lowestFromHere[count - 1] - 1;
  }

  private static int countBefore(long[] sorted, long bound) {
    int place = Arrays.binarySearch(sorted, bound);
    while (place > 0 && sorted[place - 1] == bound) {
      place--;
    }
    return place < 0 ? -place - 1 : place;
  }

  private void checkRefused(LockOperation operation) {
    ServerMessage.Rejected no = (ServerMessage.Rejected) operation.answer();
    List<LockModel.State> possible = between(operation);
    boolean decided =
        possible.stream()
            .anyMatch(
                s ->
                    LockModel.outcome(s, operation.agent(), operation.change())
                        .equals(no.code().name()));
    boolean atOnce = no.code() != RejectionCode.TIMEOUT;
    if (!decided || possible.stream().noneMatch(state -> isTold(state, operation, atOnce, no))) {
      violations.add("nothing explains it: %s; the states were %s", operation, possible);
    }
    if (!atOnce && operation.ended() - operation.asked() < patience(operation)) {
      violations.add("gave up before its time: " + operation);
    }
  }

  private static long patience(LockOperation operation) {
    return ((ClientMessage.LockTicket) operation.change()).waiting().atMost().toNanos();
  }

  private List<LockModel.State> between(LockOperation operation) {
    long number = Long.parseLong(operation.change().ticket().toString());
    TreeMap<Long, LockModel.State> history = states.get(number);
    long from = history.floorKey(Math.max(floor(operation.asked()), history.firstKey()));
    long to = Math.max(from, ceiling(operation.ended()));
    return new ArrayList<>(history.subMap(from, true, to, true).values());
  }

  /** The lock a refusal tells of is that of the state it was decided in, or when a wait ended. */
  private static boolean isTold(
      LockModel.State state, LockOperation operation, boolean atOnce, ServerMessage.Rejected no) {
    TicketLock lock = no.details().lock();
    boolean sameLock = lock == null ? state.isFree() : state.token() == lock.token();
    String outcome = LockModel.outcome(state, operation.agent(), operation.change());
    return (!atOnce || outcome.equals(no.code().name()))
        && (sameLock || !TELL_LOCK.contains(no.code()));
  }
}
