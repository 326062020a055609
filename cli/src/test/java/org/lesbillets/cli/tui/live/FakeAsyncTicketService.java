package org.lesbillets.cli.tui.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * A desk without a server: it remembers what it was asked, in order, and says what a test has it
 * say. Nothing is answered by itself. Has no thread: everything happens on the one that calls.
 */
public final class FakeAsyncTicketService implements AsyncTicketService {

  /** Something that was asked, to be answered by the test. */
  public record Asked<Q, A>(Q question, CompletableFuture<A> answer) {
    private static <Q, A> Asked<Q, A> of(Q question) {
      return new Asked<>(question, new CompletableFuture<>());
    }

    public void answer(A value) {
      answer.complete(value);
    }

    /** Answers as a server that refuses. */
    public void refuse(RejectionCode code, String sentence) {
      answer.completeExceptionally(refusal(code, sentence));
    }

    /** Answers as a connection that does not work. */
    public void fail(ConnectionException.Kind kind, String sentence) {
      answer.completeExceptionally(new ConnectionException(kind, sentence));
    }
  }

  /** The wish to hold a ticket. */
  public record Hold(TicketRef ticket, String note, LeaseKeeper.Listener lost) {}

  /** A lease that nobody renews. */
  public static final class Lease implements HeldLease {
    private final EventMessage granted;
    private final LeaseKeeper.Listener lost;

    /** What it was to be finished with. */
    public final List<Asked<ClientMessage.Change, EventMessage>> finishes =
        new CopyOnWriteArrayList<>();

    public volatile boolean released;

    private Lease(EventMessage granted, LeaseKeeper.Listener lost) {
      this.granted = granted;
      this.lost = lost;
    }

    /** Loses it. */
    public void lose(LockLostReason why) {
      lost.lost(why);
    }

    @Override
    public EventMessage granted() {
      return granted;
    }

    @Override
    public CompletableFuture<EventMessage> finish(ClientMessage.Change last) {
      return asked(finishes, last);
    }

    @Override
    public void release() {
      released = true;
    }
  }

  /** A place in a line that moves as the test has it move. */
  public static final class Turn implements Runnable {
    public final ClientMessage.LockTicket lock;
    public final LockWaitListener listener;
    public volatile boolean cancelled;

    private Turn(ClientMessage.LockTicket lock, LockWaitListener listener) {
      this.lock = lock;
      this.listener = listener;
    }

    @Override
    public void run() {
      cancelled = true;
    }
  }

  public final List<Asked<ClientMessage.Change, EventMessage>> changes =
      new CopyOnWriteArrayList<>();

  public final List<Asked<ClientMessage.GetTicket, TicketDetails>> details =
      new CopyOnWriteArrayList<>();

  public final List<Asked<Hold, HeldLease>> holds = new CopyOnWriteArrayList<>();

  /** Every lease that came about, in order. */
  public final List<Lease> leases = new CopyOnWriteArrayList<>();

  public final List<Turn> turns = new CopyOnWriteArrayList<>();
  public volatile int reconnects;
  public volatile boolean closed;
  private volatile Consumer<WatchEvent> listener;
  private volatile long lastReceivedNanos;

  private static RejectedException refusal(RejectionCode code, String sentence) {
    return new RejectedException(
        new ServerMessage.Rejected("1", code, sentence, RejectionDetails.NONE));
  }

  private static <Q, A> CompletableFuture<A> asked(List<Asked<Q, A>> all, Q question) {
    Asked<Q, A> asked = Asked.of(question);
    all.add(asked);
    return asked.answer();
  }

  /** Whether somebody watches. */
  public boolean isWatched() {
    return listener != null;
  }

  /** Tells whoever watches. */
  public void tell(WatchEvent news) {
    listener.accept(news);
  }

  /** The server is heard of. */
  public void hear(long atNanos) {
    lastReceivedNanos = atNanos;
  }

  /** Grants what was to be held. */
  public Lease grant(Asked<Hold, HeldLease> hold, EventMessage granted) {
    Lease lease = keep(granted, hold.question().lost());
    hold.answer(lease);
    return lease;
  }

  @Override
  public void watch(Consumer<WatchEvent> newListener) {
    if (listener != null) {
      throw new IllegalStateException("this desk is watched already");
    }
    listener = newListener;
  }

  @Override
  public void reconnect() {
    reconnects++;
  }

  @Override
  public long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  @Override
  public CompletableFuture<EventMessage> change(ClientMessage.Change change) {
    return asked(changes, change);
  }

  @Override
  public CompletableFuture<TicketDetails> details(
      TicketRef ticket, boolean history, DetailsCursor cursor) {
    return asked(details, new ClientMessage.GetTicket(null, ticket, history, cursor, null));
  }

  @Override
  public CompletableFuture<HeldLease> hold(
      TicketRef ticket, String note, LeaseKeeper.Listener lost) {
    return asked(holds, new Hold(ticket, note, lost));
  }

  @Override
  public Lease keep(EventMessage granted, LeaseKeeper.Listener lost) {
    Lease lease = new Lease(granted, lost);
    leases.add(lease);
    return lease;
  }

  @Override
  public Turn waitForLock(ClientMessage.LockTicket lock, LockWaitListener newListener) {
    Turn turn = new Turn(lock, newListener);
    turns.add(turn);
    return turn;
  }

  @Override
  public void close() {
    closed = true;
  }
}
