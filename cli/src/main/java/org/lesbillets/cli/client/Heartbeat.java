package org.lesbillets.cli.client;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pings the other side of one line, and cuts it when it has been silent for too long. Has one
 * daemon thread. A peer that is sending one long message counts as silent until its end.
 */
final class Heartbeat implements AutoCloseable {
  private final Line line;
  private final KeepAlive rhythm;
  private final Silence silence;
  private final ScheduledThreadPoolExecutor timer;

  private Heartbeat(Line line, KeepAlive rhythm, Silence silence) {
    this.line = line;
    this.rhythm = rhythm;
    this.silence = silence;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "billets-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  static Heartbeat start(Line line, KeepAlive rhythm, Silence silence) {
    Heartbeat heartbeat = new Heartbeat(line, rhythm, silence);
    long ping = rhythm.pingEvery().toNanos();
    long look = Math.max(1, Math.min(ping, rhythm.silenceLimit().toNanos() / 10));
    heartbeat.timer.scheduleAtFixedRate(line::ping, ping, ping, TimeUnit.NANOSECONDS);
    heartbeat.timer.scheduleAtFixedRate(heartbeat::look, look, look, TimeUnit.NANOSECONDS);
    return heartbeat;
  }

  private void look() {
    if (silence.ofEverything().compareTo(rhythm.silenceLimit()) >= 0) {
      line.close(
          CloseNotice.ABNORMAL,
          "the server was silent for " + Sentences.duration(rhythm.silenceLimit()));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
