package org.lesbillets.cli.command;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;

/**
 * The end of a verb that works until a signal: from the first one on it begins nothing more, and
 * settles what it has begun; at a second one it ends that, too. A failure of one job ends the
 * others as a first signal does. Any thread.
 *
 * <pre>
 *   WORKING --- signal, failure ---> SETTLING --- signal ---> ENDING
 * </pre>
 */
public final class GracefulEnd implements AutoCloseable {
  private static final Map<String, Integer> CODES = Map.of("HUP", 129, "INT", 130, "TERM", 143);

  private final Map<String, Object> before = new HashMap<>();
  private final CompletableFuture<Void> settling = new CompletableFuture<>();
  private final CompletableFuture<Void> ending = new CompletableFuture<>();

  /** How to end what waits for a ticket. Guarded by this, as what follows. */
  private final Set<Runnable> waits = new LinkedHashSet<>();

  private RuntimeException failure;

  private GracefulEnd() {}

  /** Installs the handlers of signals. */
  public static GracefulEnd open() {
    GracefulEnd end = new GracefulEnd();
    CODES.forEach(
        (name, code) -> end.before.put(name, Signals.register(name, () -> end.signal(code))));
    return end;
  }

  private void signal(int code) {
    if (!stop(new ChildExitException(code, null))) {
      ending.complete(null);
    }
  }

  /**
   * Has nothing more begun.
   *
   * @param why what the program ends with
   * @return false if that was so before
   */
  public boolean stop(RuntimeException why) {
    Set<Runnable> ended;
    synchronized (this) {
      if (failure != null) {
        return false;
      }
      failure = why;
      ended = Set.copyOf(waits);
    }
    settling.complete(null);
    ended.forEach(Runnable::run);
    return true;
  }

  /** Completed when nothing more is to be begun. */
  public CompletableFuture<Void> settling() {
    return settling;
  }

  /** Completed when what was begun is to be ended, too. */
  public CompletableFuture<Void> ending() {
    return ending;
  }

  public boolean isSettling() {
    return settling.isDone();
  }

  /**
   * A wait for a ticket has begun.
   *
   * @param cancel ends it; called at once if nothing more is to be begun
   */
  public void begun(Runnable cancel) {
    boolean over;
    synchronized (this) {
      over = failure != null;
      waits.add(cancel);
    }
    if (over) {
      cancel.run();
    }
  }

  public synchronized void over(Runnable cancel) {
    waits.remove(cancel);
  }

  /**
   * All jobs have ended.
   *
   * @throws RuntimeException what it was stopped by
   */
  public synchronized void conclude() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
