package org.lesbillets.cli.client.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.client.AnswerListener;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.watch.EventChain;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.wire.WireFormatException;

/**
 * One watcher: a connection that watches all tickets, as those of people do, from now on, so that
 * no ticket is transferred. It checks the chain of revisions over all events, those of others too,
 * and measures those of the run. Unlike a {@code Watcher} it counts gaps and duplicates instead of
 * mending them.
 *
 * <p>Everything runs on the I/O thread of its present connection but {@link #open}, which blocks a
 * thread of the {@link BenchConnections} while there is none.
 */
final class BenchWatcher {
  private final BenchFigures figures;
  private final SharedDecoder decoder;
  private final ReconnectingConnection connection;
  private final Consumer<BenchWatcher> lost;
  private final EventChain chain = new EventChain(false);
  private volatile Link link;
  private volatile long revision;
  private volatile long delivered;

  /**
   * @param lost is called when the connection ended, on its thread; must not block
   */
  BenchWatcher(
      BenchFigures figures,
      SharedDecoder decoder,
      ReconnectingConnection connection,
      Consumer<BenchWatcher> lost) {
    this.figures = figures;
    this.decoder = decoder;
    this.connection = connection;
    this.lost = lost;
  }

  ReconnectingConnection connection() {
    return connection;
  }

  /**
   * Connects and watches, from where it was if it has watched before.
   *
   * @return completes when it watches
   * @throws ConnectionException if it cannot connect
   */
  CompletableFuture<Void> open() {
    close();
    Link fresh = new Link();
    link = fresh;
    try {
      TicketClient client = connection.open(connection.settings().timeout(), fresh);
      ResumePoint reached = chain.point();
      fresh.begin = reached == null ? WatchStart.now().since(client.welcome()) : reached;
      client.send(GetTickets.watching(client.nextRequestId(), null, fresh.begin), fresh);
      return fresh.live;
    } catch (ConnectionException e) {
      fresh.over = true;
      throw e;
    }
  }

  /** Ends the connection, and makes no other. */
  void close() {
    Link present = link;
    if (present != null) {
      present.over = true;
      connection.close();
    }
  }

  /** Whether everything up to a revision has arrived. */
  boolean reached(long last) {
    return revision >= last;
  }

  /** How many events that are measured have arrived. */
  long delivered() {
    return delivered;
  }

  private void event(EventMessage message, long nowNanos) {
    SequencedEvent event = message.event();
    EventChain.Applied applied = chain.step(event);
    if (applied == EventChain.Applied.DUPLICATE) {
      figures.doubled();
      return;
    }
    if (applied == EventChain.Applied.GAP) {
      figures.hole();
      chain.startAt(new ResumePoint(chain.point().journalId(), event.revision()));
    }
    long due = DueChange.dueNanos(figures.plan(), event.event());
    if (due >= 0 && figures.delivered(due, nowNanos)) {
      delivered++;
    }
    revision = event.revision();
  }

  /** Callbacks of one connection. */
  private final class Link implements PushListener, AnswerListener {
    private final CompletableFuture<Void> live = new CompletableFuture<>();

    /** Set before the request is sent whose answer needs it. */
    private ResumePoint begin;

    /** Nothing of this connection counts any more. */
    private volatile boolean over;

    @Override
    public ServerMessage decode(String text) throws WireFormatException {
      return decoder.decode(text);
    }

    @Override
    public void onPush(Push message) {
      long now = System.nanoTime();
      if (message instanceof EventMessage event && !over) {
        event(event, now);
      }
    }

    @Override
    public void onPart(AllTickets part) {
      // Of a server that cannot resume where the watch was: the last part says where it is now.
    }

    @Override
    public void onAnswer(Answer answer) {
      if (answer instanceof Rejected refused) {
        live.completeExceptionally(new RejectedException(refused));
        return;
      }
      if (answer instanceof AllTickets all) {
        figures.hole();
        chain.startAt(new ResumePoint(all.journalId(), all.revision()));
      } else if (chain.point() == null) {
        chain.startNear(begin);
      }
      revision = Math.max(revision, chain.point().revision());
      live.complete(null);
    }

    @Override
    public void onFailure(ConnectionException failure) {
      live.completeExceptionally(failure);
    }

    @Override
    public void onClosed(CloseNotice notice) {
      if (!over) {
        over = true;
        lost.accept(BenchWatcher.this);
      }
    }
  }
}
