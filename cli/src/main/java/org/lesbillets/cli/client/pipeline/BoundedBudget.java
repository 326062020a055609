package org.lesbillets.cli.client.pipeline;

/**
 * Bounds what waits between two threads, by number and by size: one takes room and waits for it,
 * the other gives it back.
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

  /** Takes a place, and room for so many bytes; alone, anything has room. */
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
