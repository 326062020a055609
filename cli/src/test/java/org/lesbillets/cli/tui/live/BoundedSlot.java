package org.lesbillets.cli.tui.live;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.event.WatchEvent;

/**
 * A bounded queue of watch events, as a view has it whose thread consumes slowly: a producer beyond
 * the bound blocks.
 */
public final class BoundedSlot implements Consumer<WatchEvent> {
  private final BlockingQueue<WatchEvent> news;

  public BoundedSlot(int room) {
    news = new ArrayBlockingQueue<>(room);
  }

  @Override
  public void accept(WatchEvent next) {
    try {
      news.put(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether who puts more has to wait. */
  public boolean isFull() {
    return news.remainingCapacity() == 0;
  }

  /** Hands out what there is. */
  public void drain(Consumer<WatchEvent> to) {
    for (WatchEvent next = news.poll(); next != null; next = news.poll()) {
      to.accept(next);
    }
  }
}
