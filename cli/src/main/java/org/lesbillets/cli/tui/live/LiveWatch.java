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
import org.lesbillets.cli.tui.state.Link;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * A watch of everything that outlasts its own failures: what trying again does not heal is told,
 * and then somebody has to ask for another try. Has one daemon thread, on which its listener is
 * called; holds at most one connection. All else may be called from any thread.
 */
final class LiveWatch {
  /** So often that {@link Link#PULSE} holds with time to spare; as patient as the protocol says. */
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
        new Watcher(settings.keepingAlive(RHYTHM), null, WatchStart.snapshot(), new Teller());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Watcher watcher() {
    return watcher;
  }

  /** Tries now, instead of later or never. */
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
      // Closed: that is all an interrupt can mean here.
    }
  }

  /** Watches until it is closed, which gives null, or until it fails for good. */
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

  /** Begins to end, without waiting. */
  void stop() {
    closed = true;
    watcher.stop();
    thread.interrupt();
  }

  /** Its thread, which ends soon after {@link #stop}. */
  Thread thread() {
    return thread;
  }

  /** Makes news of what the watcher tells. */
  private final class Teller implements Watcher.Listener {
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
