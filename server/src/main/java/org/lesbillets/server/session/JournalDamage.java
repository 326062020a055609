package org.lesbillets.server.session;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unreadable part of the journal: a resume from before its end gets a snapshot instead of
 * failing at every retry. Any thread; holds one revision, raised by compare-and-set.
 */
public final class JournalDamage {
  private static final Logger LOG = LoggerFactory.getLogger(JournalDamage.class);
  private static final long NONE = -1;

  private final AtomicLong unreadableAfter = new AtomicLong(NONE);

  /** Records that events after {@code revision} could not be read. */
  void found(long revision, Exception cause) {
    if (unreadableAfter.getAndAccumulate(revision, Math::max) < revision) {
      LOG.error("The history after revision {} cannot be read: {}", revision, cause.getMessage());
    }
  }

  boolean isReadableAfter(long revision) {
    return revision > unreadableAfter.get();
  }
}
