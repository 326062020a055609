package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when the disk does not answer: the appends under way and all later ones are answered
 * without it, until it does. While the journal's thread rewrites the file, which may take long and
 * is no such disk, only those are that it has not begun, unless it takes longer than that may. Any
 * thread.
 */
public final class StalledDisk implements DiskDeadline.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(StalledDisk.class);

  /** A third of what a slow disk does. */
  private static final long REWRITTEN_BYTES_PER_MILLI = 25_000 / 3;

  private final AppendQueue queue;
  private final Path file;
  private final JournalMeasures measures;
  private volatile boolean rewriting;
  private volatile String reason;

  /**
   * @param measures of the journal: the size of the file
   */
  public StalledDisk(AppendQueue queue, Path file, JournalMeasures measures) {
    this.queue = queue;
    this.file = file;
    this.measures = measures;
  }

  /** A sentence while the disk does not answer, or the file is rewritten; else null. */
  public String reason() {
    return reason;
  }

  /** Whether the use of the disk that follows rewrites the file. The journal's thread. */
  public void rewriting(boolean rewriting) {
    this.rewriting = rewriting;
  }

  /**
   * Three times what a rewrite takes on a slow disk of 25 MB/s, and a minute; or an hour for a file
   * of unknown size.
   */
  private Duration longestRewrite() {
    JournalMeasures.Sizes sizes = measures.sizes();
    return sizes == null
        ? Duration.ofMinutes(60)
        : Duration.ofMinutes(1).plusMillis(sizes.file() / REWRITTEN_BYTES_PER_MILLI);
  }

  /** Answers all that is under way, since the server stops. */
  public void settle() {
    queue.stall(Obstacle.stalled("The server stops before its disk has answered."));
  }

  @Override
  public void stalled() {
    if (rewriting) {
      reason =
          ("The journal %s is being rewritten, which removes what was redacted: no change is taken"
                  + " until that is done.")
              .formatted(file);
      queue.pause(Obstacle.stalled(reason));
      LOG.warn(reason);
      return;
    }
    reason =
        "The disk under %s has not answered for 2 s: no change is taken until it does."
            .formatted(file);
    queue.stall(Obstacle.stalled(reason));
    LOG.error(reason);
  }

  @Override
  public void lasts(long nanos) {
    if (rewriting && nanos > longestRewrite().toNanos()) {
      rewriting = false;
      stalled();
    }
  }

  @Override
  public void answered() {
    reason = null;
    queue.resume();
    LOG.warn(rewriting ? "{} is rewritten" : "the disk under {} answers again", file);
  }
}
