package org.lesbillets.cli.tui.state;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesbillets.model.TicketId;

/**
 * Effects without an answer, and the locks this view holds or waits for. Immutable; bounded by what
 * a person requests in the time of one answer, and by the locks taken.
 *
 * @param effects by id, in the order of their ids
 * @param lockWaits the id of the waiting effect, by ticket
 * @param lastId the highest id issued
 * @param navigatedAt the highest id issued when a key last moved the cursor: answers to older
 *     effects do not move it
 */
public record PendingWork(
    Map<Long, PendingEffect> effects,
    Map<TicketId, Long> lockWaits,
    OwnLocks locks,
    long lastId,
    long navigatedAt) {
  static final PendingWork NONE = new PendingWork(Map.of(), Map.of(), OwnLocks.NONE, 0, 0);

  /** With one more id issued. */
  public PendingWork next() {
    return new PendingWork(effects, lockWaits, locks, lastId + 1, navigatedAt);
  }

  /** With a pending effect; it replaces one of the same id. */
  public PendingWork with(PendingEffect effect) {
    Map<Long, PendingEffect> more = new LinkedHashMap<>(effects);
    more.put(effect.id(), effect);
    return with(more);
  }

  public PendingWork without(long id) {
    if (!effects.containsKey(id)) {
      return this;
    }
    Map<Long, PendingEffect> fewer = new LinkedHashMap<>(effects);
    fewer.remove(id);
    return with(fewer);
  }

  private PendingWork with(Map<Long, PendingEffect> others) {
    return new PendingWork(
        Collections.unmodifiableMap(others), lockWaits, locks, lastId, navigatedAt);
  }

  public Stream<PendingEffect> stream() {
    return effects.values().stream();
  }

  /** Whether an effect of a kind is pending. */
  public boolean has(PendingKind kind) {
    return stream().anyMatch(one -> one.kind() == kind);
  }

  /** With a wait for the lock of a ticket. */
  public PendingWork waitingFor(TicketId ticket, long id) {
    Map<TicketId, Long> waits = new HashMap<>(lockWaits);
    waits.put(ticket, id);
    return new PendingWork(effects, Map.copyOf(waits), locks, lastId, navigatedAt);
  }

  public PendingWork notWaitingFor(TicketId ticket) {
    Map<TicketId, Long> waits = new HashMap<>(lockWaits);
    waits.remove(ticket);
    return new PendingWork(effects, Map.copyOf(waits), locks, lastId, navigatedAt);
  }

  public PendingWork with(OwnLocks others) {
    return new PendingWork(effects, lockWaits, others, lastId, navigatedAt);
  }

  /** A key has moved the cursor. */
  public PendingWork navigated() {
    return new PendingWork(effects, lockWaits, locks, lastId, lastId);
  }

  /** What the first overdue effect does, for people; empty for none. */
  Optional<String> words(Now now) {
    return stream()
        .filter(one -> one.untilShown(now) <= 0)
        .findFirst()
        .map(one -> one.words() + " …");
  }

  /** Nanoseconds until another effect is overdue; Long.MAX_VALUE for never. */
  long untilShown(Now now) {
    return stream()
        .mapToLong(one -> one.untilShown(now))
        .filter(left -> left > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
