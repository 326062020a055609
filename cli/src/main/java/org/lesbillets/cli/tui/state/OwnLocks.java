package org.lesbillets.cli.tui.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * The locks that this view took and that have not ended, as far as is known: at most one a ticket
 * by hand, and one for a form. Owned by the thread of the model.
 */
public final class OwnLocks {
  private final Map<TicketId, Ticket> byHand = new HashMap<>();
  private final Map<TicketId, Ticket> ofForms = new HashMap<>();

  /**
   * A lock was taken by hand.
   *
   * @param locked the ticket with it
   * @param known the ticket as the view knows it, which may be older or newer; null when it does
   *     not
   */
  public void tookByHand(Ticket locked, Ticket known) {
    took(byHand, locked, known);
  }

  /** A lock was taken for a form, as with {@link #tookByHand}. */
  public void tookForForm(Ticket locked, Ticket known) {
    took(ofForms, locked, known);
  }

  private static void took(Map<TicketId, Ticket> locks, Ticket locked, Ticket known) {
    locks.put(locked.id(), locked);
    if (known != null) {
      prune(locks, known);
    }
  }

  /** Forgets what a ticket says is over. */
  public void seen(Ticket now) {
    prune(byHand, now);
    prune(ofForms, now);
  }

  private static void prune(Map<TicketId, Ticket> locks, Ticket now) {
    Long token = token(locks, now.id());
    boolean held = now.isLocked() && Objects.equals(token, now.lock().token());
    if (token != null && !held && now.revision() >= token) {
      locks.remove(now.id());
    }
  }

  private static Long token(Map<TicketId, Ticket> locks, TicketId ticket) {
    Ticket locked = locks.get(ticket);
    return locked == null ? null : Long.valueOf(locked.lock().token());
  }

  /** The token of the lock that was taken by hand and has not ended; null when there is none. */
  public Long byHand(TicketId ticket) {
    return token(byHand, ticket);
  }

  /** The tickets whose locks were taken by hand, each as it was locked. */
  public Collection<Ticket> takenByHand() {
    return byHand.values();
  }

  /**
   * Whose the lock of a ticket is.
   *
   * @param me null before that is known
   * @param pending what was asked for and has not come yet
   */
  public LockStanding standing(Ticket ticket, AgentName me, Collection<PendingEffect> pending) {
    if (!ticket.isLocked()) {
      return LockStanding.FREE;
    }
    if (!ticket.lock().holder().equals(me)) {
      return LockStanding.OTHERS;
    }
    boolean here = holds(ticket) || pending.stream().anyMatch(one -> one.mayLock(ticket.id()));
    return here ? LockStanding.HERE : LockStanding.ELSEWHERE;
  }

  private boolean holds(Ticket ticket) {
    long token = ticket.lock().token();
    return Objects.equals(byHand(ticket.id()), token) || isOfForm(ticket);
  }

  /** Whether the lock of a ticket is that of a form, and so ends with it. */
  public boolean isOfForm(Ticket ticket) {
    return Objects.equals(token(ofForms, ticket.id()), ticket.lock().token());
  }
}
