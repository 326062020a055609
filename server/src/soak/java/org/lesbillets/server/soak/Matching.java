package org.lesbillets.server.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;

/** Which deed each event came of: by the mark it bears, or else by what was answered. */
final class Matching {
  private final Map<Long, Deed> deeds = new HashMap<>();
  private final Map<Deed, Long> revisions = new IdentityHashMap<>();
  private final Map<String, Deed> byMark = new HashMap<>();
  private final Map<Long, Deed> unlocksByRevision = new HashMap<>();
  private final Map<String, List<Deed>> unlocksInDoubt = new HashMap<>();
  private final Violations violations;

  Matching(List<SequencedEvent> events, List<Deed> all, Violations violations) {
    this.violations = violations;
    for (Deed deed : all) {
      byMark.put(deed.mark(), deed);
      if (deed.change() instanceof ClientMessage.UnlockTicket unlock) {
        noteUnlock(deed, unlock);
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

  private void noteUnlock(Deed deed, ClientMessage.UnlockTicket unlock) {
    if (deed.isDone()) {
      unlocksByRevision.put(deed.revision(), deed);
    } else if (!deed.isKnownNotDone()) {
      unlocksInDoubt
          .computeIfAbsent(deed.agent() + " " + unlock.ticket(), key -> new ArrayList<>())
          .add(deed);
    }
  }

  private void match(SequencedEvent event) {
    String mark = EventWords.mark(event);
    Deed deed = mark == null ? unlock(event) : byMark.get(mark);
    if (deed == null) {
      violations.add("nobody asked for " + event);
    } else if (revisions.putIfAbsent(deed, event.revision()) != null) {
      violations.add("happened twice, at %d and %s: %s", revisions.get(deed), event, deed);
    } else {
      deeds.put(event.revision(), deed);
    }
  }

  private Deed unlock(SequencedEvent event) {
    Deed answered = unlocksByRevision.get(event.revision());
    if (answered != null) {
      return answered;
    }
    WireEvent.TicketUnlocked end = (WireEvent.TicketUnlocked) event.event();
    String key = end.by() + " " + end.ticket().number();
    List<Deed> doubtful = unlocksInDoubt.getOrDefault(key, List.of());
    Deed exact = null;
    for (Deed deed : doubtful) {
      Long named = named((ClientMessage.UnlockTicket) deed.change());
      if (named == null && exact == null || named != null && named == end.ended().token()) {
        exact = deed;
      }
    }
    doubtful.remove(exact);
    return exact;
  }

  private static Long named(ClientMessage.UnlockTicket unlock) {
    return unlock.force() != null ? Long.valueOf(unlock.force().token()) : unlock.token();
  }

  /** The deed an event came of, or null. */
  Deed deed(SequencedEvent event) {
    return deed(event.revision());
  }

  /** The deed that happened at this revision, or null. */
  Deed deed(long revision) {
    return deeds.get(revision);
  }

  /** The revision a deed happened at; null if it did not happen. */
  Long revision(Deed deed) {
    return revisions.get(deed);
  }
}
