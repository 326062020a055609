package org.lesbillets.server.soak;

import java.time.Instant;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;

/**
 * What may be done to a ticket, written down a second time: a lock belongs to its token, a change
 * to its author. Knows nothing of the server's rules. Stateless.
 */
final class LockModel {
  private LockModel() {}

  /**
   * A ticket as far as locks go.
   *
   * @param holder null when it is free
   * @param token 0 when it is free
   * @param changed revision of its last change
   */
  record State(String holder, long token, Instant since, long changed) {
    State freed() {
      return new State(null, 0, null, changed);
    }

    State changedAt(long revision) {
      return new State(holder, token, since, revision);
    }

    State heldBy(String agent, long under, Instant from) {
      return new State(agent, under, from, changed);
    }

    boolean isFree() {
      return holder == null;
    }
  }

  /** What becomes of {@code change}: the name of its event, or the code of its refusal. */
  static String outcome(State state, String agent, ClientMessage.TicketChange change) {
    if (change instanceof ClientMessage.LockTicket lock) {
      return lock(state, agent, lock);
    }
    if (change instanceof ClientMessage.UnlockTicket unlock) {
      return unlock(state, agent, unlock);
    }
    if (change instanceof ClientMessage.UpdateTicket update) {
      return update(state, agent, update);
    }
    return "commented";
  }

  private static String lock(State state, String agent, ClientMessage.LockTicket lock) {
    if (lock.token() != null) {
      return named(state, agent, lock.token(), "renewed");
    }
    if (state.isFree()) {
      return "granted";
    }
    if (lock.steal() != null) {
      return broken(state, agent, lock.steal(), "stolen");
    }
    return lock.waiting() == null ? "LOCKED" : "TIMEOUT";
  }

  private static String unlock(State state, String agent, ClientMessage.UnlockTicket unlock) {
    if (unlock.token() != null) {
      return named(state, agent, unlock.token(), "released");
    }
    if (state.isFree()) {
      return "NOT_LOCKED";
    }
    if (unlock.force() != null) {
      return broken(state, agent, unlock.force(), "forced");
    }
    return state.holder.equals(agent) ? "released" : "LOCKED";
  }

  private static String update(State state, String agent, ClientMessage.UpdateTicket update) {
    String permitted =
        update.token() != null
            ? named(state, agent, update.token(), "updated")
            : state.isFree() || state.holder.equals(agent) ? "updated" : "LOCKED";
    boolean overtaken = update.ifRevision() != null && state.changed > update.ifRevision();
    return permitted.equals("updated") && overtaken ? "STALE_REVISION" : permitted;
  }

  private static String named(State state, String agent, long token, String done) {
    if (state.isFree() || state.token != token) {
      return "STALE_TOKEN";
    }
    return state.holder.equals(agent) ? done : "LOCKED";
  }

  private static String broken(State state, String agent, LockBreak seen, String done) {
    if (state.token != seen.token()) {
      return "STALE_TOKEN";
    }
    return state.holder.equals(agent) || seen.reason() != null ? done : "INVALID";
  }
}
