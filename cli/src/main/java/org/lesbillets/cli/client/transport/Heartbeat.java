package org.lesbillets.cli.client.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lesbillets.cli.text.Durations;

/**
 * A heartbeat for one connection: pings the peer, and closes the connection when no byte arrived
 * for the silence limit of its {@link KeepAlive}. Only time in which this process ran counts: after
 * a pause of the process (SIGSTOP, a suspended machine) it pings at once, and after a long one it
 * allows two seconds for an answer, since the peer may have closed the connection.
 *
 * <pre>
 *            any byte                      silence limit
 *   ALIVE <------------- SILENT --------------------------------> CLOSED
 *     | no byte since a ping ^ |  ping unanswered for 2 s, probe  ^
 *     +----------------------+ +----------------------------------+
 * </pre>
 *
 * <p>Thread-safe; has one daemon thread, "billets-heartbeat", which also runs the callbacks for the
 * end of the connection: {@link #close} must not interrupt it.
 */
public final class Heartbeat implements AutoCloseable {
  /** The time limit for the answer to a probe. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  /** A tick that is late by more than this was delayed by a pause of this process. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final WebSocketConnection connection;
  private final KeepAlive rhythm;
  private final IdleTracker idle;
  private final LongSupplier nanoTime;
  private final long tickNanos;
  private final long probeNanos;
  private final ScheduledThreadPoolExecutor timer;

  private long tickedAtNanos;
  private long pingedAtNanos;

  /** The arrival time of the latest bytes that a tick has seen. */
  private long seenAtNanos;

  /** Running time of this process since then, as the ticks measured it. */
  private long quietNanos;

  /** The connection is closed when it has been silent for so long. */
  private long limitNanos;

  /**
   * A heartbeat without a timer, for tests.
   *
   * @param nanoTime a monotonic clock
   */
  Heartbeat(
      WebSocketConnection connection, KeepAlive rhythm, IdleTracker idle, LongSupplier nanoTime) {
    this.connection = connection;
    this.rhythm = rhythm;
    this.idle = idle;
    this.nanoTime = nanoTime;
    this.tickedAtNanos = nanoTime.getAsLong();
    this.pingedAtNanos = tickedAtNanos;
    this.seenAtNanos = idle.lastReceivedNanos();
    this.limitNanos = rhythm.silenceLimit().toNanos();
    this.probeNanos = Math.min(PROBE.toNanos(), limitNanos / 5);
    this.tickNanos = Math.max(1, Math.min(rhythm.pingEvery().toNanos(), limitNanos / 20));
    this.timer = new ScheduledThreadPoolExecutor(1, Heartbeat::thread);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "billets-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  public static Heartbeat start(
      WebSocketConnection connection, KeepAlive rhythm, IdleTracker idle) {
    Heartbeat heartbeat = new Heartbeat(connection, rhythm, idle, System::nanoTime);
    // Not at a fixed rate, which would make up for every tick missed in a pause.
    heartbeat.timer.scheduleWithFixedDelay(
        heartbeat::tick, heartbeat.tickNanos, heartbeat.tickNanos, TimeUnit.NANOSECONDS);
    return heartbeat;
  }

  /** The outcome of a tick, carried out without the monitor, since it may end the connection. */
  private enum Action {
    NONE,
    PING,
    CUT
  }

  /** Measures the silence; runs about twenty times in a silence limit. */
  void tick() {
    perform(measure(nanoTime.getAsLong()));
  }

  private void perform(Action action) {
    switch (action) {
      case NONE -> {}
      case PING -> connection.ping();
      case CUT ->
          connection.close(
              CloseCode.ABNORMAL, "the server was silent for " + Durations.inSentence(quiet()));
    }
  }

  private synchronized Action measure(long now) {
    long passed = now - tickedAtNanos;
    tickedAtNanos = now;
    listen(Math.min(passed, 2 * tickNanos));
    if (quietNanos >= limitNanos) {
      return Action.CUT;
    }
    long paused = passed - tickNanos;
    if (paused > rhythm.silenceLimit().toNanos() / 2) {
      expectAnswer();
    }
    boolean due = now - pingedAtNanos >= rhythm.pingEvery().toNanos();
    return due || paused > PAUSE_NANOS ? ping(now) : Action.NONE;
  }

  private void listen(long ranNanos) {
    long heardAt = idle.lastReceivedNanos();
    if (idle.isBusy() || heardAt != seenAtNanos) {
      seenAtNanos = heardAt;
      quietNanos = 0;
      limitNanos = rhythm.silenceLimit().toNanos();
    } else {
      quietNanos += ranNanos;
    }
  }

  private void expectAnswer() {
    limitNanos = Math.min(limitNanos, quietNanos + probeNanos);
  }

  private Action ping(long now) {
    pingedAtNanos = now;
    return Action.PING;
  }

  private synchronized Duration quiet() {
    return Duration.ofNanos(Math.min(quietNanos, limitNanos));
  }

  /** Whether a ping has been unanswered for two seconds. From any thread. */
  public synchronized boolean isSilent() {
    return quietNanos > rhythm.pingEvery().toNanos() + probeNanos;
  }

  /**
   * Closes the connection at once if a ping has been unanswered for two seconds; else pings, and
   * closes it if nothing arrives within that time. From any thread.
   */
  public void probe() {
    Action action;
    synchronized (this) {
      listen(0);
      expectAnswer();
      action = isSilent() ? Action.CUT : ping(nanoTime.getAsLong());
    }
    perform(action);
  }

  /** Stops the timer without interrupting a running tick, which may be the caller. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
