package org.lesbillets.server.session;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what of the journal could not be read, so that a client that wants to go on from there
 * is given a snapshot instead of failing for ever. Any thread.
 */
public final class JournalDamage {
  private static final Logger LOG = LoggerFactory.getLogger(JournalDamage.class);
  private static final long NONE = -1;

  private final AtomicLong unreadableAfter = new AtomicLong(NONE);

  /** Events after {@code revision} could not be read. */
  void found(long revision, Exception cause) {
    if (unreadableAfter.getAndAccumulate(revision, Math::max) < revision) {
      LOG.error("The history after revision {} cannot be read: {}", revision, cause.getMessage());
    }
  }

  boolean isReadableAfter(long revision) {
    return revision > unreadableAfter.get();
  }
}
