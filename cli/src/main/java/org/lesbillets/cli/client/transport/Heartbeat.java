package org.lesbillets.cli.client.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lesbillets.cli.text.Durations;

/**
 * Pings the peer of one connection, and closes the connection when nothing at all arrived for the
 * silence limit of its {@link KeepAlive}. Only time in which this process ran counts as silence:
 * after a pause of its own (SIGSTOP, a suspended machine) it pings at once, and after a long one it
 * expects an answer within two seconds, since the peer may have closed the connection.
 *
 * <p>Has one daemon thread, which also runs what the end of the connection sets off: {@link #close}
 * must not interrupt it. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {
  /** For the answer to a ping on which the fate of the connection depends. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  /** A tick that is late by more than this was delayed by a pause of this process. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final WebSocketConnection line;
  private final KeepAlive rhythm;
  private final IdleTracker silence;
  private final LongSupplier nanoTime;
  private final long tickNanos;
  private final long probeNanos;
  private final ScheduledThreadPoolExecutor timer;

  private long tickedAtNanos;
  private long pingedAtNanos;

  /** When the last bytes arrived that a tick has seen. */
  private long seenAtNanos;

  /** Running time of this process since then, as far as ticks measured it. */
  private long quietNanos;

  /** The connection is closed when it has been quiet for so long. */
  private long limitNanos;

  /**
   * One that does not tick by itself.
   *
   * @param nanoTime a monotonic clock
   */
  Heartbeat(
      WebSocketConnection line, KeepAlive rhythm, IdleTracker silence, LongSupplier nanoTime) {
    this.line = line;
    this.rhythm = rhythm;
    this.silence = silence;
    this.nanoTime = nanoTime;
    this.tickedAtNanos = nanoTime.getAsLong();
    this.pingedAtNanos = tickedAtNanos;
    this.seenAtNanos = silence.heardAtNanos();
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

  public static Heartbeat start(WebSocketConnection line, KeepAlive rhythm, IdleTracker silence) {
    Heartbeat heartbeat = new Heartbeat(line, rhythm, silence, System::nanoTime);
    // Not at a fixed rate: that makes up for every tick missed in a pause.
    heartbeat.timer.scheduleWithFixedDelay(
        heartbeat::tick, heartbeat.tickNanos, heartbeat.tickNanos, TimeUnit.NANOSECONDS);
    return heartbeat;
  }

  /** What a tick comes to; done without the monitor, since it may end the connection. */
  private enum Action {
    NONE,
    PING,
    CUT
  }

  /** Looks at the clock; about twenty times in a silence limit. */
  void tick() {
    perform(measure(nanoTime.getAsLong()));
  }

  private void perform(Action action) {
    switch (action) {
      case NONE -> {}
      case PING -> line.ping();
      case CUT ->
          line.close(
              CloseNotice.ABNORMAL, "the server was silent for " + Durations.inSentence(quiet()));
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
    long heardAt = silence.heardAtNanos();
    if (silence.isBusy() || heardAt != seenAtNanos) {
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

  /** Stops, without interrupting a tick under way: it may be the caller. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
