package org.lesbillets.cli.client;

/** A lease that somebody keeps renewed. */
public interface KeptLease extends AutoCloseable {
  /** Stops renewing; the lock itself stays, until it is released or its time is over. */
  @Override
  void close();
}
