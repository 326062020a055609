package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.client.watch.Watcher;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * The watch of all tickets for the life of the view. Transient failures are retried by its {@link
 * Watcher}; after a permanent one it waits for {@link #reconnect}.
 *
 * <pre>
 *   WATCHING --permanent failure--> GIVEN UP
 *      ^                               |
 *      +---------- reconnect ----------+
 * </pre>
 *
 * <p>One daemon thread, "billets-watch", on which the listener is called; at most one connection.
 * Its methods may be called from any thread.
 */
final class LiveWatch {
  /** Pings often enough for {@link LinkState#PULSE}; the limit of silence is the protocol's. */
  private static final KeepAlive RHYTHM =
      new KeepAlive(Duration.ofSeconds(2), KeepAlive.STANDARD.silenceLimit());

  private final Consumer<WatchEvent> listener;
  private final Watcher watcher;
  private final Semaphore again = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "billets-watch");
  private volatile boolean closed;

  LiveWatch(ClientSettings settings, Consumer<WatchEvent> listener) {
    this.listener = listener;
    this.watcher =
        new Watcher(
            settings.keepingAlive(RHYTHM), null, WatchStart.snapshot(), new WatcherEvents());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Watcher watcher() {
    return watcher;
  }

  /** Connects now, without the rest of the backoff, also after a permanent failure. */
  void reconnect() {
    watcher.hurry();
    again.release();
  }

  private void run() {
    try {
      while (!closed) {
        String failure = watched();
        if (failure != null && !closed) {
          again.drainPermits();
          listener.accept(new WatchEvent.GivenUp(failure));
          again.acquire();
        }
      }
    } catch (InterruptedException e) {
      // Closed: nothing else interrupts this thread.
    }
  }

  /** Watches until it is closed, which returns null, or until it fails permanently. */
  private String watched() {
    try {
      watcher.run();
      return null;
    } catch (ConnectionException | RejectedException e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      return "the watch failed by a mistake in this program (" + e + "): please report it";
    }
  }

  /** Starts to close, without blocking. */
  void stop() {
    closed = true;
    watcher.stop();
    thread.interrupt();
  }

  /** The thread, to be joined after {@link #stop}. */
  Thread thread() {
    return thread;
  }

  /** Posts the watcher's callbacks as events. */
  private final class WatcherEvents implements Watcher.Listener {
    @Override
    public void onWelcome(ServerAddress server, Welcome welcome) {
      listener.accept(new WatchEvent.Welcomed(server, welcome));
    }

    @Override
    public void onPart(SnapshotPart part) {
      listener.accept(new WatchEvent.SnapshotLoaded(part));
    }

    @Override
    public void onEvent(EventMessage event) {
      listener.accept(new WatchEvent.Happened(event));
    }

    @Override
    public void onState(ConnectionState state) {
      listener.accept(new WatchEvent.ConnectionChanged(state));
    }
  }
}
