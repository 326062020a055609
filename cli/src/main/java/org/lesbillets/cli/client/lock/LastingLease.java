package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.model.message.GiveBack;

/**
 * A lease that is kept on when the server was away for so long that it may be over: a server that
 * comes back gives leases their whole time again, and says so if one is somebody else's by then.
 *
 * <p>Any thread; holds one keeper at a time.
 */
public final class LastingLease implements KeptLease {

  /** What keeps a lease over one absence of the server, as {@link LeaseKeeper#start} does. */
  @FunctionalInterface
  public interface Keeping {
    KeptLease keep(Lease lease, LeaseKeeper.Listener listener);
  }

  private final Keeping keeping;
  private final LeaseKeeper.Listener listener;
  private KeptLease kept;
  private boolean closed;

  private LastingLease(Keeping keeping, LeaseKeeper.Listener listener) {
    this.keeping = keeping;
    this.listener = listener;
  }

  /**
   * Begins to keep a lease.
   *
   * @param listener hears of any loss but that the server is away, once, on a keeper's thread
   */
  public static LastingLease start(Keeping keeping, Lease lease, LeaseKeeper.Listener listener) {
    LastingLease lasting = new LastingLease(keeping, listener);
    lasting.keep(lease);
    return lasting;
  }

  private synchronized void keep(Lease lease) {
    if (!closed) {
      kept = keeping.keep(lease, why -> lost(lease, why));
    }
  }

  private void lost(Lease lease, LockLostReason why) {
    if (why.kind() == LockLostReason.Kind.AWAY) {
      keep(new Lease(lease.number(), lease.token(), lease.ttl(), lease.ttl()));
    } else {
      listener.lost(why);
    }
  }

  @Override
  public boolean release(GiveBack giveBack, Duration patience) {
    KeptLease open = ended();
    return open != null && open.release(giveBack, patience);
  }

  @Override
  public void close() {
    KeptLease open = ended();
    if (open != null) {
      open.close();
    }
  }

  private synchronized KeptLease ended() {
    closed = true;
    KeptLease open = kept;
    kept = null;
    return open;
  }
}
