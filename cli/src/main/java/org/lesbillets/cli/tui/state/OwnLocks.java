package org.lesbillets.cli.tui.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.rules.TicketRules;

/**
 * The locks this view has taken and whose end it has not seen: at most one by hand and one for a
 * form for each ticket. The answer to a lock request and its event arrive in either order, so each
 * is checked against the newest known version of the ticket. Immutable.
 *
 * @param byHand tickets as they were locked by a key, by id
 * @param ofForms tickets as they were locked for a form, by id
 */
public record OwnLocks(Map<TicketId, Ticket> byHand, Map<TicketId, Ticket> ofForms) {
  static final OwnLocks NONE = new OwnLocks(Map.of(), Map.of());

  /**
   * With a lock taken by hand.
   *
   * @param locked the ticket as of the grant
   * @param known the newest known version, which may be older or newer; null for none
   */
  public OwnLocks tookByHand(Ticket locked, Ticket known) {
    return new OwnLocks(took(byHand, locked, known), ofForms);
  }

  /** With a lock taken for a form, as {@link #tookByHand}. */
  public OwnLocks tookForForm(Ticket locked, Ticket known) {
    return new OwnLocks(byHand, took(ofForms, locked, known));
  }

  private static Map<TicketId, Ticket> took(
      Map<TicketId, Ticket> locks, Ticket locked, Ticket known) {
    Map<TicketId, Ticket> more = new HashMap<>(locks);
    more.put(locked.id(), locked);
    return known == null ? Map.copyOf(more) : pruned(Map.copyOf(more), known);
  }

  /** Without the locks that have ended according to a version of their ticket. */
  public OwnLocks seen(Ticket now) {
    boolean none = !byHand.containsKey(now.id()) && !ofForms.containsKey(now.id());
    return none ? this : new OwnLocks(pruned(byHand, now), pruned(ofForms, now));
  }

  /** Without the locks that have ended according to a snapshot. */
  public OwnLocks seen(LiveTickets tickets) {
    OwnLocks left = this;
    for (Set<TicketId> ids : List.of(byHand.keySet(), ofForms.keySet())) {
      for (TicketId id : ids) {
        left = tickets.find(id).map(left::seen).orElse(left);
      }
    }
    return left;
  }

  private static Map<TicketId, Ticket> pruned(Map<TicketId, Ticket> locks, Ticket now) {
    Long token = token(locks, now.id());
    boolean held = now.isLocked() && Objects.equals(token, now.lock().token());
    if (token == null || held || now.revision() < token) {
      return locks;
    }
    Map<TicketId, Ticket> fewer = new HashMap<>(locks);
    fewer.remove(now.id());
    return Map.copyOf(fewer);
  }

  private static Long token(Map<TicketId, Ticket> locks, TicketId ticket) {
    Ticket locked = locks.get(ticket);
    return locked == null ? null : Long.valueOf(locked.lock().token());
  }

  /** The fencing token of the lock taken by hand; null for none. */
  public Long tokenByHand(TicketId ticket) {
    return token(byHand, ticket);
  }

  /** Whether the present lock of a ticket was taken by hand in this view. */
  public boolean isByHand(Ticket ticket) {
    return ticket.isLocked() && Objects.equals(tokenByHand(ticket.id()), ticket.lock().token());
  }

  /** Whether the present lock of a ticket belongs to a form, and ends with it. */
  public boolean isOfForm(Ticket ticket) {
    return ticket.isLocked() && Objects.equals(token(ofForms, ticket.id()), ticket.lock().token());
  }

  /**
   * The holder of the lock of a ticket.
   *
   * @param me null before the handshake
   * @param pending effects without an answer
   */
  LockStanding standing(Ticket ticket, AgentName me, Collection<PendingEffect> pending) {
    if (!ticket.isLocked()) {
      return LockStanding.FREE;
    }
    if (TicketRules.isHeldByAnother(ticket, me)) {
      return LockStanding.OTHERS;
    }
    boolean here =
        isByHand(ticket)
            || isOfForm(ticket)
            || pending.stream().anyMatch(one -> one.mayLock(ticket.id()));
    return here ? LockStanding.HERE : LockStanding.ELSEWHERE;
  }
}
