package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.OwnPause;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TaskQueue;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Renews a lease every third of its ttl over a separate connection, and watches the ticket there,
 * so that a loss is known at once. A server that is away for less than what is left of the lease,
 * two thirds of it at least, costs nothing.
 *
 * <pre>
 *           a third of the ttl            refused for good, ended by others
 *   HELD -----------------------> RENEWING ---------------------------------> LOST
 *    ^ ^---------- granted ---------+ |                                        ^
 *    |                                | no connection, no answer               |
 *    |          reconnected           v           the lease is over: GIVE_UP   |
 *    +----------------------------- AWAY --------------------------------------+
 *                                   (KEEP_TRYING stays there)
 * </pre>
 *
 * <p>However long a pause of this process was, the server is asked: it may have stood still, too.
 *
 * <p>Has one daemon thread, "billets-lease"; holds at most one connection. Renewals are counted
 * from when they were asked for, on the monotonic clock. {@link #release} and {@link #close} may be
 * called from any thread.
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

  private static final Duration LEAST_ATTEMPT = Duration.ofMillis(200);

  /** The share of an attempt in a lease so short that a sixth of it would be too little. */
  private static final Duration ENOUGH = Duration.ofSeconds(1);

  private static final Duration LEAVE = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final Lease lease;
  private final LeaseRequests requests;
  private final OnServerAway onServerAway;
  private final Listener listener;
  private final LockLossDetector loss;
  private final TaskQueue tasks = new TaskQueue();
  private final ReconnectingConnection connection;
  private final Thread thread = new Thread(this::run, "billets-lease");
  private volatile boolean closed;

  /** Set by a release: events about the lock's end are no loss from then on. */
  private volatile boolean released;

  private final OwnPause ownPause = new OwnPause();
  private long deadline;
  private long nextRenewal;

  private LockLostReason verdict;

  private LeaseKeeper(
      ClientSettings settings, Lease lease, OnServerAway onServerAway, Listener listener) {
    this.settings = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    this.connection = new ReconnectingConnection(this.settings);
    this.lease = lease;
    this.requests = new LeaseRequests(lease);
    this.onServerAway = onServerAway;
    this.listener = listener;
    this.loss = new LockLossDetector(lease.token());
    long now = System.nanoTime();
    this.deadline = now + lease.left().toNanos();
    this.nextRenewal = now + Math.min(lease.ttl().toNanos(), lease.left().toNanos()) / 3;
  }

  /** Starts to keep a lease. */
  public static LeaseKeeper start(
      ClientSettings settings, Lease lease, OnServerAway onServerAway, Listener listener) {
    LeaseKeeper keeper = new LeaseKeeper(settings, lease, onServerAway, listener);
    keeper.thread.setDaemon(true);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    try {
      while (!isOver()) {
        String cause = keepOverOneConnection();
        nextRenewal = System.nanoTime();
        if (nextRenewal - deadline >= 0) {
          expired(cause);
        }
        if (!isOver()) {
          pause();
        }
      }
    } catch (InterruptedException e) {
      // An interrupt means close.
    }
    if (!closed) {
      listener.lost(verdict);
    }
  }

  private void expired(String cause) {
    switch (onServerAway) {
      case GIVE_UP ->
          conclude(
              LockLostReason.because(Kind.AWAY, "the lock could not be renewed in time: " + cause));
      case KEEP_TRYING -> deadline = nextRenewal + lease.ttl().toNanos();
    }
  }

  private boolean isOver() {
    return closed || verdict != null;
  }

  private void pause() throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    Duration wait = Backoff.shorter(Backoff.shorter(connection.nextPause(), PAUSE), left);
    connection.sleep(ownPause.step(wait));
    forgiveOwnPause();
  }

  /** After a pause there is some time to ask, and no more, since what runs here runs on. */
  private void forgiveOwnPause() {
    if (ownPause.delayed()) {
      long askUntil = System.nanoTime() + OwnPause.TIME_TO_ASK.toNanos();
      deadline += Math.max(0, askUntil - deadline);
    }
  }

  /** Keeps the lease over one connection until that ends; gives the cause. */
  private String keepOverOneConnection() throws InterruptedException {
    try {
      TicketClient open =
          connection.open(
              ownPause.step(Backoff.shorter(connection.patience(), patience())), new Pushes());
      if (!isOver()) {
        watch(open);
      }
      while (!isOver() && open.isOpen()) {
        forgiveOwnPause();
        long due = nextRenewal - System.nanoTime();
        if (due <= 0) {
          renew(open);
        } else {
          tasks.take(ownPause.step(Duration.ofNanos(due))).run();
        }
      }
      return open.isOpen() ? "" : open.failure().getMessage();
    } catch (ConnectionException | RejectedException e) {
      return e.getMessage();
    } finally {
      forgiveOwnPause();
      connection.drop();
    }
  }

  /** The time limit of one attempt, so that there is time for others before the lease is over. */
  private Duration patience() {
    long ttl = lease.ttl().toNanos();
    long fair = Math.max(ttl / 6, Math.min(ttl / 2, ENOUGH.toNanos()));
    long share = Math.min(settings.timeout().toNanos(), fair);
    long left = Math.max(deadline - System.nanoTime(), LEAST_ATTEMPT.toNanos());
    return Duration.ofNanos(Math.min(share, left));
  }

  private void watch(TicketClient open) {
    Answer answer = open.ask(requests.watch(open.nextRequestId()), ownPause.step(patience()));
    AllTickets all = ExpectedAnswer.of(open.server(), answer, AllTickets.class);
    if (all.tickets().stream().noneMatch(ticket -> loss.seen(ticket) == null)) {
      // The ticket does not say who ended the lock and why; the refusal of a renewal does.
      nextRenewal = System.nanoTime();
    }
  }

  private void renew(TicketClient open) {
    // Also after a long pause: a fencing token that is still renewed was never superseded.
    long asked = System.nanoTime();
    Answer answer = open.ask(requests.renewal(open.nextRequestId()), ownPause.step(patience()));
    if (answer instanceof Rejected refused && !refused.code().isOutage()) {
      conclude(whatHappened(open, LockLostReason.because(Kind.REFUSED, refused.message())));
    } else {
      ExpectedAnswer.of(open.server(), answer, EventMessage.class);
      deadline = asked + lease.ttl().toNanos();
      connection.works();
    }
    nextRenewal = asked + lease.ttl().toNanos() / 3;
  }

  /** The cause by the ticket's history: the event may follow the refusal, or have been missed. */
  private LockLostReason whatHappened(TicketClient open, LockLostReason otherwise) {
    try {
      Answer answer = open.ask(requests.history(open.nextRequestId()), patience());
      TicketDetails details = ExpectedAnswer.of(open.server(), answer, TicketDetails.class);
      LockLostReason found = details.history() == null ? null : loss.in(details.history());
      return found == null ? otherwise : found;
    } catch (ConnectionException | RejectedException e) {
      return otherwise;
    }
  }

  @Override
  public boolean release(GiveBack giveBack, Duration patience) {
    if (released || closed) {
      return false;
    }
    released = true;
    UnlockTicket request = requests.release(giveBack);
    TicketClient open = connection.client();
    try {
      Answer answer =
          open != null && open.isOpen() ? open.ask(request, patience) : ask(request, patience);
      return !(answer instanceof Rejected no && no.code().isOutage());
    } catch (ConnectionException e) {
      // The lease ends by itself.
      return false;
    } finally {
      close();
    }
  }

  private Answer ask(UnlockTicket request, Duration patience) {
    try (TicketClient brief = new Connector(settings, patience, PushListener.NONE).connect()) {
      return brief.ask(request, patience);
    }
  }

  @Override
  public void close() {
    closed = true;
    TicketClient open = connection.client();
    if (open != null) {
      open.close();
    }
    // From its own thread, as a listener may, an interrupt would hit what the listener does next.
    if (Thread.currentThread() != thread) {
      thread.interrupt();
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
        tasks.put(() -> conclude(event.event().event().accept(loss)));
      }
    }

    @Override
    public void onClosed(CloseNotice notice) {
      tasks.putLast(() -> {});
    }
  }
}
