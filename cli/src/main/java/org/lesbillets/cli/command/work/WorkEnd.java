package org.lesbillets.cli.command.work;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;
import org.lesbillets.cli.command.ChildExitException;

/**
 * The end of a worker: from a first signal on it claims no more, at a second one it ends its
 * commands; a failure of one job ends the others as a first signal does. Any thread.
 *
 * <pre>
 *   WORKING --- signal, failure ---> SETTLING --- signal ---> ENDING
 * </pre>
 */
final class WorkEnd implements AutoCloseable {
  private static final Map<String, Integer> CODES = Map.of("HUP", 129, "INT", 130, "TERM", 143);

  private final Map<String, Object> before = new HashMap<>();
  private final CompletableFuture<Void> settling = new CompletableFuture<>();
  private final CompletableFuture<Void> ending = new CompletableFuture<>();

  /** How to end what waits for a ticket. Guarded by this, as what follows. */
  private final Set<Runnable> waits = new LinkedHashSet<>();

  private RuntimeException failure;

  private WorkEnd() {}

  /** Installs the handlers of signals. */
  static WorkEnd open() {
    WorkEnd end = new WorkEnd();
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
   * Has no more tickets claimed.
   *
   * @param why what the program ends with
   * @return false if that was so before
   */
  boolean stop(RuntimeException why) {
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

  /** Completed when no more tickets are to be claimed. */
  CompletableFuture<Void> settling() {
    return settling;
  }

  /** Completed when the commands are to be ended. */
  CompletableFuture<Void> ending() {
    return ending;
  }

  boolean isSettling() {
    return settling.isDone();
  }

  /**
   * A wait for a ticket has begun.
   *
   * @param cancel ends it; called at once if no more tickets are to be claimed
   */
  void begun(Runnable cancel) {
    boolean over;
    synchronized (this) {
      over = failure != null;
      waits.add(cancel);
    }
    if (over) {
      cancel.run();
    }
  }

  synchronized void over(Runnable cancel) {
    waits.remove(cancel);
  }

  /**
   * All jobs have ended.
   *
   * @throws RuntimeException what it was stopped by
   */
  synchronized void conclude() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
