package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TaskQueue;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/**
 * Renews a lease every third of it over a connection of its own, and watches the ticket there, so
 * that a loss is known at once. A server that is away for less than what is left of the lease, two
 * thirds of it at least, costs nothing.
 *
 * <p>Has one daemon thread; holds at most one connection. {@link #close} may be called from any
 * thread.
 */
public final class LeaseKeeper implements KeptLease {

  /** Hears of the end of a lease, once, on the keeper's thread. */
  public interface Listener {
    /** The lease is lost, or may be; it is not renewed any more. Not called after close. */
    void lost(LockLostReason why);
  }

  /** The longest pause between two attempts to connect: a lease does not wait for long. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Below it an attempt has no chance. */
  private static final Duration LEAST = Duration.ofMillis(200);

  /** So much an attempt gets, also of a lease so short that others have no time then. */
  private static final Duration ENOUGH = Duration.ofSeconds(1);

  private static final Duration LEAVE = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final Lease lease;
  private final Listener listener;
  private final LockLossDetector loss;
  private final TaskQueue inbox = new TaskQueue();
  private final ReconnectingConnection connection;
  private final Thread thread = new Thread(this::run, "billets-lease");
  private volatile boolean closed;

  /** Set when the holder gives the lock back: what is heard of it then is no loss. */
  private volatile boolean released;

  private long deadline;
  private long nextRenewal;
  private LockLostReason verdict;

  private LeaseKeeper(ClientSettings settings, Lease lease, Listener listener) {
    this.settings = settings.keepAlive() == null ? settings.keepingAlive() : settings;
    this.connection = new ReconnectingConnection(this.settings);
    this.lease = lease;
    this.listener = listener;
    this.loss = new LockLossDetector(lease.token());
    long now = System.nanoTime();
    this.deadline = now + lease.left().toNanos();
    this.nextRenewal = now + Math.min(lease.ttl().toNanos(), lease.left().toNanos()) / 3;
  }

  /** Begins to keep a lease. */
  public static LeaseKeeper start(ClientSettings settings, Lease lease, Listener listener) {
    LeaseKeeper keeper = new LeaseKeeper(settings, lease, listener);
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
          conclude(
              LockLostReason.because(Kind.AWAY, "the lock could not be renewed in time: " + cause));
        }
        if (!isOver()) {
          pause();
        }
      }
    } catch (InterruptedException e) {
      // Closed: that is all an interrupt can mean here.
    }
    if (!closed) {
      listener.lost(verdict);
    }
  }

  private boolean isOver() {
    return closed || verdict != null;
  }

  private void pause() throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    connection.sleep(Backoff.shorter(Backoff.shorter(connection.nextPause(), PAUSE), left));
  }

  /** One connection from its beginning to its end; gives why it ended. */
  private String keepOverOneConnection() throws InterruptedException {
    try {
      TicketClient open =
          connection.open(Backoff.shorter(connection.patience(), patience()), new Ear());
      if (!isOver()) {
        watch(open);
      }
      while (!isOver() && open.isOpen()) {
        long due = nextRenewal - System.nanoTime();
        if (due <= 0) {
          renew(open);
        } else {
          inbox.take(Duration.ofNanos(due)).run();
        }
      }
      return open.isOpen() ? "" : open.failure().getMessage();
    } catch (ConnectionException | RejectedException e) {
      return e.getMessage();
    } finally {
      connection.drop();
    }
  }

  /** What an attempt may take, so that there is time for others before the lease is over. */
  private Duration patience() {
    long ttl = lease.ttl().toNanos();
    long fair = Math.max(ttl / 6, Math.min(ttl / 2, ENOUGH.toNanos()));
    long share = Math.min(settings.timeout().toNanos(), fair);
    long left = Math.max(deadline - System.nanoTime(), LEAST.toNanos());
    return Duration.ofNanos(Math.min(share, left));
  }

  private void watch(TicketClient open) {
    GetTickets request = new GetTickets(open.nextRequestId(), query(), null, null, true, null);
    Answer answer = open.ask(request, patience());
    AllTickets all = ExpectedAnswer.of(open.server(), answer, AllTickets.class);
    if (all.tickets().stream().noneMatch(ticket -> loss.seen(ticket) == null)) {
      // The ticket does not tell who ended the lock and why; the refusal of a renewal does.
      nextRenewal = System.nanoTime();
    }
  }

  private TicketQuery query() {
    try {
      return TicketQuery.parse("number:" + lease.number());
    } catch (QuerySyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void renew(TicketClient open) {
    // Also when this program was held up for longer than the lease: a token that the server still
    // renews was never anybody else's, and its refusal says who has the lock now.
    long asked = System.nanoTime();
    LockTerms terms = new LockTerms(lease.ttl(), null, null);
    TicketRef ticket = TicketRef.of(lease.number());
    LockTicket request =
        new LockTicket(open.nextRequestId(), null, ticket, lease.token(), terms, null, null);
    Answer answer = open.ask(request, patience());
    if (answer instanceof Rejected refused && !refused.code().isOutage()) {
      conclude(whatHappened(open, LockLostReason.because(Kind.REFUSED, refused.message())));
    } else {
      ExpectedAnswer.of(open.server(), answer, EventMessage.class);
      deadline = asked + lease.ttl().toNanos();
      connection.works();
    }
    nextRenewal = asked + lease.ttl().toNanos() / 3;
  }

  /** A refusal may come before the event that explains it, or that event have gone unheard. */
  private LockLostReason whatHappened(TicketClient open, LockLostReason otherwise) {
    TicketRef ticket = TicketRef.of(lease.number());
    GetTicket request = new GetTicket(open.nextRequestId(), ticket, true, null, null);
    try {
      Answer answer = open.ask(request, patience());
      TicketDetails details = ExpectedAnswer.of(open.server(), answer, TicketDetails.class);
      LockLostReason found = details.history() == null ? null : loss.in(details.history());
      return found == null ? otherwise : found;
    } catch (ConnectionException | RejectedException e) {
      return otherwise;
    }
  }

  @Override
  public boolean release(GiveBack giveBack, Duration patience) {
    released = true;
    TicketRef ticket = TicketRef.of(lease.number());
    UnlockTicket request = new UnlockTicket("release", null, ticket, lease.token(), null, giveBack);
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

  /** Takes what the connection brings to the keeper's thread. */
  private final class Ear implements PushListener {
    @Override
    public void onPush(Push message) {
      if (message instanceof EventMessage event
          && event.event().event().ticket().number() == lease.number()) {
        inbox.put(() -> conclude(event.event().event().accept(loss)));
      }
    }

    @Override
    public void onClosed(CloseNotice notice) {
      inbox.putLast(() -> {});
    }
  }
}
