package org.lesbillets.cli.tui.live;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.event.WatchEvent;

/**
 * Room for some news, as a view has it whose thread takes them when it comes to it: who puts more
 * waits.
 */
public final class Slot implements Consumer<WatchEvent> {
  private final BlockingQueue<WatchEvent> news;

  public Slot(int room) {
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
