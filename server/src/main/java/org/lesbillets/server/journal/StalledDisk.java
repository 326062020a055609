package org.lesbillets.server.journal;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when the disk does not answer: the appends under way and all later ones are answered
 * without it, until it does. Any thread.
 */
public final class StalledDisk implements DiskDeadline.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(StalledDisk.class);

  private final AppendQueue queue;
  private final Path file;
  private volatile String reason;

  public StalledDisk(AppendQueue queue, Path file) {
    this.queue = queue;
    this.file = file;
  }

  /** A sentence while the disk does not answer, else null. */
  public String reason() {
    return reason;
  }

  @Override
  public void stalled() {
    reason =
        "The disk under %s has not answered for 2 s: no change is taken until it does."
            .formatted(file);
    queue.stall(reason);
    LOG.error(reason);
  }

  @Override
  public void answered() {
    reason = null;
    queue.resume();
    LOG.warn("the disk under {} answers again", file);
  }
}
