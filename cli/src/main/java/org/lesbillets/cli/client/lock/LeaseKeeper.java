package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TaskQueue;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.Rejected;

/**
 * Renews a lease every third of its ttl over a connection of its own, or one that it shares with
 * other leases and with waits, and watches the ticket there, so that a loss is known at once. A
 * server that is away for less than what is left of the lease, two thirds of it at least, costs
 * nothing; neither does one that takes no changes (READ_ONLY), as long as it answers: it is asked
 * how long the lease lasts.
 *
 * <pre>
 *           a third of the ttl            refused for good, ended by others
 *   HELD -----------------------> RENEWING ---------------------------------> LOST
 *    ^ ^--- granted, still ours ----+ |                                        ^
 *    |                                | no connection, no answer               |
 *    |          reconnected           v           the lease is over: GIVE_UP   |
 *    +----------------------------- AWAY --------------------------------------+
 *                                   (KEEP_TRYING stays there)
 * </pre>
 *
 * <p>However long a pause of this process was, the server is asked: it may have stood still, too.
 *
 * <p>Has one daemon thread, "billets-lease"; holds at most one connection. Renewals are counted
 * from when they were asked for, on the monotonic clock, and so is the time the server says is
 * left. {@link #release} and {@link #close} may be called from any thread.
 */
public final class LeaseKeeper implements KeptLease {

  /** A callback for the end of a lease. */
  @FunctionalInterface
  public interface Listener {
    /**
     * The lease is lost, or may be, and is not renewed any more. Called at most once, on the
     * keeper's thread, and not after a release or close.
     */
    void lost(LockLostReason why);
  }

  /** The longest pause between two attempts to connect: a lease does not wait for long. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LEAVE = Duration.ofSeconds(1);

  private final Lease lease;
  private final LeaseRequests requests;
  private final OnServerAway onServerAway;
  private final Listener listener;
  private final LeaseTerm term;
  private final LeaseInquiry inquiry;
  private final LeaseWatch watch;
  private final Pushes pushes = new Pushes();
  private final TaskQueue tasks = new TaskQueue();
  private final ReconnectingConnection connection;
  private final Thread thread = new Thread(this::run, "billets-lease");
  private volatile boolean closed;

  /** Set by a release: events about the lock's end are no loss from then on. */
  private volatile boolean released;

  private LockLostReason verdict;

  private LeaseKeeper(LeaseWatch watch, Lease lease, OnServerAway onServerAway, Listener listener) {
    this.watch = watch;
    this.connection = watch.connection();
    this.lease = lease;
    this.requests = new LeaseRequests(lease);
    this.onServerAway = onServerAway;
    this.listener = listener;
    this.term = new LeaseTerm(lease);
    this.inquiry = new LeaseInquiry(connection.settings(), requests, term);
  }

  /** Starts to keep a lease, over a connection of its own. */
  public static LeaseKeeper start(
      ClientSettings settings, Lease lease, OnServerAway onServerAway, Listener listener) {
    ClientSettings lasting = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    return start(LeaseWatch.ofOne(lasting), lease, onServerAway, listener);
  }

  /** Starts to keep a lease where others are kept, too. */
  public static LeaseKeeper start(
      LeaseWatch watch, Lease lease, OnServerAway onServerAway, Listener listener) {
    LeaseKeeper keeper = new LeaseKeeper(watch, lease, onServerAway, listener);
    watch.begun();
    keeper.thread.setDaemon(true);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    try {
      while (!isOver()) {
        String cause = keepOverOneConnection();
        term.renewNow();
        if (term.isOver()) {
          expired(cause);
        }
        if (!isOver()) {
          pause();
        }
      }
    } catch (InterruptedException e) {
      // An interrupt means close.
      conclude(LockLostReason.because(Kind.AWAY, "its renewal was interrupted"));
    } catch (RuntimeException | Error e) {
      conclude(
          LockLostReason.because(
              Kind.AWAY,
              "it is not renewed any more because of a mistake in this program (" + e + ")"));
    } finally {
      connection.leave();
      watch.over();
    }
    if (!closed && verdict != null) {
      listener.lost(verdict);
    }
  }

  private void expired(String cause) {
    switch (onServerAway) {
      case GIVE_UP ->
          conclude(
              LockLostReason.because(Kind.AWAY, "the lock could not be renewed in time: " + cause));
      case KEEP_TRYING -> term.extend();
    }
  }

  private boolean isOver() {
    return closed || verdict != null;
  }

  private void pause() throws InterruptedException {
    Duration wait = Backoff.shorter(Backoff.shorter(connection.nextPause(), PAUSE), term.left());
    connection.sleep(term.step(wait));
    term.forgiveOwnPause();
  }

  /** Keeps the lease over one connection until that ends; gives the cause. */
  private String keepOverOneConnection() throws InterruptedException {
    try {
      TicketClient open =
          connection.open(
              term.step(Backoff.shorter(connection.patience(), inquiry.patience())), pushes);
      term.forgiveOwnPause();
      if (!isOver()) {
        watch(open);
      }
      String refusal = "";
      while (!isOver() && open.isOpen()) {
        term.forgiveOwnPause();
        Duration due = term.untilRenewal();
        if (term.isOver()) {
          return refusal;
        } else if (due.isZero()) {
          refusal = renew(open);
        } else {
          tasks.take(term.step(due)).run();
        }
      }
      return open.isOpen() ? refusal : open.failure().getMessage();
    } catch (ConnectionException e) {
      connection.drop();
      return e.getMessage();
    } catch (RejectedException e) {
      return e.getMessage();
    } finally {
      term.forgiveOwnPause();
      connection.leave();
    }
  }

  private void watch(TicketClient open) {
    if (!watch.show(open, inquiry)) {
      // The ticket does not say who ended the lock and why; the refusal of a renewal does.
      term.renewNow();
    }
  }

  /** Gives why it was not renewed; "" if it was, or is lost. */
  private String renew(TicketClient open) {
    // Also after a long pause: a fencing token that is still renewed was never superseded.
    long asked = System.nanoTime();
    Answer answer = open.ask(requests.renewal(open.nextRequestId()), term.step(inquiry.patience()));
    if (answer instanceof Rejected refused) {
      return refused(open, refused);
    }
    ExpectedAnswer.of(open.server(), answer, EventMessage.class);
    term.renewed(asked);
    connection.works();
    return "";
  }

  /** A server that only cannot write may say that the lease lasts, since its clock stands still. */
  private String refused(TicketClient open, Rejected refused) {
    if (!refused.code().isOutage()) {
      conclude(inquiry.whatHappened(open, LockLostReason.because(Kind.REFUSED, refused.message())));
      term.renewAfter(lease.ttl());
      return "";
    }
    inquiry.isShownAsOurs(open, requests.look(open.nextRequestId()));
    term.renewAfter(connection.nextPause());
    return refused.message();
  }

  @Override
  public boolean release(GiveBack giveBack, Duration patience) {
    if (released || closed) {
      return false;
    }
    released = true;
    try {
      return inquiry.release(connection.client(), giveBack, patience);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    tasks.close();
    if (connection.isShared()) {
      // An interrupt in a write would close the connection of all.
      connection.wake();
    } else {
      TicketClient open = connection.client();
      if (open != null) {
        open.close();
      }
    }
    // From its own thread, as a listener may, an interrupt would hit what the listener does next.
    if (Thread.currentThread() != thread) {
      if (!connection.isShared()) {
        thread.interrupt();
      }
      leave();
    }
  }

  private void leave() {
    try {
      thread.join(LEAVE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void conclude(LockLostReason lost) {
    if (verdict == null && !released) {
      verdict = lost;
    }
  }

  /** Hands pushes over to the keeper's thread. */
  private final class Pushes implements PushListener {
    @Override
    public void onPush(Push message) {
      if (message instanceof EventMessage event
          && event.event().event().ticket().number() == lease.number()) {
        tasks.put(() -> conclude(event.event().event().accept(inquiry.loss())));
      }
    }

    @Override
    public void onClosed(CloseNotice notice) {
      tasks.putLast(() -> {});
    }
  }
}
