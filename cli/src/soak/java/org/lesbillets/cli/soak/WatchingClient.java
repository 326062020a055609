package org.lesbillets.cli.soak;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.StallingProxy;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.client.watch.Watcher;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.query.TicketQuery;

/** The client's own watch, on a thread of its own, which folds all it gets into a book. */
final class WatchingClient implements CutClient, Watcher.Listener {
  private final StallingProxy proxy;
  private final Watcher watcher;
  private final Thread thread;
  private final TicketBook book = new TicketBook();
  private final List<Long> revisions = new ArrayList<>();
  private final boolean filtered;
  private volatile long lastRevision;
  private volatile int reloads;

  /**
   * @param proxy null for none
   * @param settings of the address of {@code proxy}
   * @param query null for all tickets
   */
  WatchingClient(StallingProxy proxy, ClientSettings settings, TicketQuery query) {
    this.proxy = proxy;
    this.filtered = query != null;
    watcher = new Watcher(settings, query, WatchStart.snapshot(), this);
    thread = new Thread(watcher::run, "watching-client");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void onEvent(EventMessage event) {
    book.apply(event.event());
    revisions.add(event.event().revision());
    lastRevision = event.event().revision();
  }

  @Override
  public void onPart(SnapshotPart part) {
    part.tickets().forEach(book::put);
    if (part.reset() && part.first()) {
      reloads++;
    }
    if (part.last()) {
      book.standAt(part.at().revision());
      lastRevision = part.at().revision();
    }
  }

  @Override
  public void onState(ConnectionState state) {}

  @Override
  public StallingProxy proxy() {
    return proxy;
  }

  @Override
  public long lastRevision() {
    return lastRevision;
  }

  @Override
  public List<Long> revisions() {
    return revisions;
  }

  @Override
  public int reloads() {
    return reloads;
  }

  boolean isFiltered() {
    return filtered;
  }

  /** What it knows; after its end. */
  TicketBook book() {
    return book;
  }

  @Override
  public void close() {
    watcher.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (proxy != null) {
      proxy.close();
    }
  }
}
