package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;

/** Which operation each event came of: by the mark it bears, or else by what was answered. */
final class Matching {
  private final Map<Long, LockOperation> operations = new HashMap<>();
  private final Map<LockOperation, Long> revisions = new IdentityHashMap<>();
  private final Map<String, LockOperation> byMark = new HashMap<>();
  private final Map<Long, LockOperation> unlocksByRevision = new HashMap<>();
  private final Map<String, List<LockOperation>> unlocksInDoubt = new HashMap<>();
  private final Violations violations;

  Matching(List<SequencedEvent> events, List<LockOperation> all, Violations violations) {
    this.violations = violations;
    for (LockOperation operation : all) {
      byMark.put(operation.mark(), operation);
      if (operation.change() instanceof ClientMessage.UnlockTicket unlock) {
        noteUnlock(operation, unlock);
      }
    }
    for (SequencedEvent event : events) {
      if (isSomebodys(event)) {
        match(event);
      }
    }
  }

  private static boolean isSomebodys(SequencedEvent event) {
    return !EventWords.isExpiry(event)
        && !EventWords.isGivenUp(event)
        && !(event.event() instanceof WireEvent.TicketCreated);
  }

  private void noteUnlock(LockOperation operation, ClientMessage.UnlockTicket unlock) {
    if (operation.isDone()) {
      unlocksByRevision.put(operation.revision(), operation);
    } else if (!operation.isKnownNotDone()) {
      unlocksInDoubt
          .computeIfAbsent(operation.agent() + " " + unlock.ticket(), key -> new ArrayList<>())
          .add(operation);
    }
  }

  private void match(SequencedEvent event) {
    String mark = EventWords.mark(event);
    LockOperation operation = mark == null ? unlock(event) : byMark.get(mark);
    if (operation == null) {
      violations.add("nobody asked for " + event);
    } else if (revisions.putIfAbsent(operation, event.revision()) != null) {
      violations.add(
          "happened twice, at %d and %s: %s", revisions.get(operation), event, operation);
    } else {
      operations.put(event.revision(), operation);
    }
  }

  private LockOperation unlock(SequencedEvent event) {
    LockOperation answered = unlocksByRevision.get(event.revision());
    if (answered != null) {
      return answered;
    }
    WireEvent.TicketUnlocked end = (WireEvent.TicketUnlocked) event.event();
    String key = end.by() + " " + end.ticket().number();
    List<LockOperation> doubtful = unlocksInDoubt.getOrDefault(key, List.of());
    LockOperation exact = null;
    for (LockOperation operation : doubtful) {
      Long named = named((ClientMessage.UnlockTicket) operation.change());
      if (named == null && exact == null || named != null && named == end.ended().token()) {
        exact = operation;
      }
    }
    doubtful.remove(exact);
    return exact;
  }

  private static Long named(ClientMessage.UnlockTicket unlock) {
    return unlock.force() != null ? Long.valueOf(unlock.force().token()) : unlock.token();
  }

  /** The operation an event came of, or null. */
  LockOperation operation(SequencedEvent event) {
    return operation(event.revision());
  }

  /** The operation that happened at this revision, or null. */
  LockOperation operation(long revision) {
    return operations.get(revision);
  }

  /** The revision a operation happened at; null if it did not happen. */
  Long revision(LockOperation operation) {
    return revisions.get(operation);
  }
}
