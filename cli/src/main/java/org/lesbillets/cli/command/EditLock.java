package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.cli.client.KeptLease;
import org.lesbillets.cli.client.Lease;
import org.lesbillets.cli.client.LostLock;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The lock an edit runs under: a short lease, kept renewed until this is closed; or the lock the
 * environment names, which others keep. Used by one thread; a lease that was lost is heard of on
 * the keeper's.
 */
final class EditLock implements AutoCloseable {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration RELEASE = Duration.ofSeconds(2);
  private static final LockTerms TERMS = new LockTerms(TTL, "editing", "edit");

  private final Invocation invocation;
  private final TicketRef ref;
  private Long token;
  private boolean own;
  private KeptLease kept;
  private boolean closed;

  EditLock(Invocation invocation, TicketRef ref) {
    this.invocation = invocation;
    this.ref = ref;
  }

  TicketRef ref() {
    return ref;
  }

  /** The token of the lock; null before {@link #take}. */
  Long token() {
    return token;
  }

  /** Whether it was taken here, and so is to be released here. */
  boolean isOwn() {
    return own;
  }

  /**
   * Takes the lock.
   *
   * @throws RejectedException LOCKED and whatever else the server may say
   */
  void take() {
    token = LockInHand.token(null, ref, invocation);
    if (token == null) {
      Lease lease = Lease.of(locked());
      own = true;
      token = lease.token();
      keep(lease);
    }
  }

  private EventMessage locked() {
    try {
      return invocation
          .desk()
          .change(new ClientMessage.LockTicket(null, null, ref, null, TERMS, null, null));
    } catch (RejectedException e) {
      throw e.code() == RejectionCode.LOCKED ? advised(e) : e;
    }
  }

  /** Somebody who holds the lock themselves is told how to edit under it. */
  private RejectedException advised(RejectedException refused) {
    TicketLock lock = refused.rejected().details().lock();
    AgentName me = invocation.desk().me();
    return lock != null && lock.holder().equals(me)
        ? EditFailure.heldByOneself(refused, ref, lock.token())
        : refused;
  }

  private synchronized void keep(Lease lease) {
    if (!closed) {
      kept = invocation.desk().keep(lease, why -> lost(lease, why));
    }
  }

  /** A server that comes back gives leases their whole time again, so it is worth trying on. */
  private void lost(Lease lease, LostLock why) {
    if (why.kind() == LostLock.Kind.AWAY) {
      keep(new Lease(lease.number(), lease.token(), lease.ttl(), lease.ttl()));
    }
  }

  /** Releases the lock if it was taken here and the server can be asked; else its time ends it. */
  void release() {
    KeptLease open = ended();
    if (open != null) {
      open.release(RELEASE);
    }
  }

  private synchronized KeptLease ended() {
    closed = true;
    KeptLease open = kept;
    kept = null;
    return open;
  }

  @Override
  public void close() {
    KeptLease open = ended();
    if (open != null) {
      open.close();
    }
  }
}
