package org.lesbillets.acceptance;

/** How long a test may hang: long enough for a busy machine, short enough to be noticed. */
final class Patience {
  static final long SECONDS = 180;

  private Patience() {}
}
