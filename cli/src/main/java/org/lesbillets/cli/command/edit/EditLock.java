package org.lesbillets.cli.command.edit;

import java.time.Duration;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.command.AmbientLockToken;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The lock of an edit: a short lease, renewed until this is closed; or the lock that the
 * environment names, which another process renews. Confined to one thread.
 */
final class EditLock implements AutoCloseable {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration RELEASE = Duration.ofSeconds(2);
  private static final LockTerms TERMS = new LockTerms(TTL, "editing", "edit");

  /** The client of a lock that no program renews. */
  private static final String BY_HAND = "cli";

  private final CommandContext context;
  private final TicketRef ref;
  private Long token;
  private boolean own;
  private boolean released;
  private KeptLease kept;

  EditLock(CommandContext context, TicketRef ref) {
    this.context = context;
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
    token = AmbientLockToken.token(null, ref, context);
    if (token == null) {
      Lease lease = Lease.of(locked());
      own = true;
      token = lease.token();
      kept = context.service().keep(lease, OnServerAway.KEEP_TRYING, why -> {});
    }
  }

  private EventMessage locked() {
    try {
      return context.service().change(new ClientMessage.LockTicket(ref, TERMS));
    } catch (RejectedException e) {
      throw e.code() == RejectionCode.LOCKED ? advised(e) : e;
    }
  }

  /** Adds how to edit under a lock that the same agent took by hand. */
  private RejectedException advised(RejectedException refused) {
    TicketLock lock = refused.rejected().details().lock();
    AgentName me = context.service().me();
    return lock != null && lock.holder().equals(me) && BY_HAND.equals(lock.client())
        ? EditFailure.heldByOneself(refused, ref, lock.token())
        : refused;
  }

  /**
   * Releases the lock if it was taken here. If the server does not answer, a message says so, and
   * the lease expires.
   */
  void release() {
    if (kept != null && !released) {
      released = true;
      if (!kept.release(RELEASE)) {
        context.console().say(notReleased());
      }
    }
  }

  private String notReleased() {
    return ("The lock on ticket %s was not released, since the server did not answer: it ends by"
            + " itself within %d s.")
        .formatted(ref, TTL.toSeconds());
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
    }
  }
}
