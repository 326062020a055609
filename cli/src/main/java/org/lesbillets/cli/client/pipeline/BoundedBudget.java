package org.lesbillets.cli.client.pipeline;

/**
 * A counting semaphore over two dimensions, number and bytes, for what waits between two threads:
 * one acquires and blocks while the budget is used up (back-pressure), the other gives back.
 * Thread-safe.
 */
final class BoundedBudget {
  private final int places;
  private final long bytes;
  private int placesTaken;
  private long bytesTaken;

  BoundedBudget(int places, long bytes) {
    this.places = places;
    this.bytes = bytes;
  }

  /** Acquires a place and so many bytes; what is larger than the budget passes alone. */
  synchronized void take(long size) throws InterruptedException {
    while (placesTaken > 0 && (placesTaken == places || bytesTaken + size > bytes)) {
      wait();
    }
    placesTaken++;
    bytesTaken += size;
  }

  synchronized void giveBack(long size) {
    placesTaken--;
    bytesTaken -= size;
    notifyAll();
  }
}
