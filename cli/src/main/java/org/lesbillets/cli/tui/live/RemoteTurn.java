package org.lesbillets.cli.tui.live;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockWaiter;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A place in the line of a server. Has one daemon thread, on which its listener is called, and one
 * connection, until the wait is over. {@link #cancel} may be called from any thread.
 */
final class RemoteTurn implements WaitingTurn {
  private final LockWaiter queued;
  private final WaitingTurn.Listener listener;
  private final Consumer<EventMessage> unwanted;
  private final Thread thread = new Thread(this::run, "billets-turn");

  /** Whether the wait has come to its end, or is not wanted any more: whichever was first. */
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param unwanted takes a lock that was granted to who did not want it any more
   */
  RemoteTurn(
      ClientSettings settings,
      LockTicket lock,
      WaitingTurn.Listener listener,
      Consumer<EventMessage> unwanted) {
    this.queued = new LockWaiter(settings, lock, new Teller());
    this.listener = listener;
    this.unwanted = unwanted;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    EventMessage granted;
    try {
      granted = queued.take();
    } catch (RuntimeException e) {
      if (over.compareAndSet(false, true)) {
        listener.refused(e);
      }
      return;
    }
    if (over.compareAndSet(false, true)) {
      listener.granted(granted);
    } else {
      unwanted.accept(granted);
    }
  }

  @Override
  public void cancel() {
    over.set(true);
    queued.cancel();
  }

  /** Its thread, which ends soon after {@link #cancel}. */
  Thread thread() {
    return thread;
  }

  /** Passes on how the wait goes. */
  private final class Teller implements LockWaiter.Listener {
    private void tell(Runnable news) {
      if (!over.get()) {
        news.run();
      }
    }

    @Override
    public void waiting() {
      tell(listener::waiting);
    }

    @Override
    public void lost() {
      tell(listener::lost);
    }

    @Override
    public void back(ServerAddress server) {
      tell(listener::back);
    }
  }
}
