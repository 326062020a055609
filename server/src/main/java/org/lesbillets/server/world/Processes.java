package org.lesbillets.server.world;

import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.CompletableFuture;

/**
 * The processes of the machine. Looking may block, so not for the desk's thread; any other thread.
 */
public interface Processes {

  /** What is known of a process. */
  enum State {
    RUNNING,
    /** Ended, a zombie, or never there. */
    ENDED,
    /** It runs for another user. */
    ANOTHERS,
    /** The machine does not show it. */
    UNKNOWN
  }

  /**
   * A process, as distinct from a later one with the same number.
   *
   * @param started when, in the kernel's ticks since its boot
   */
  record Identity(long pid, long started) {}

  /**
   * A process that was looked for.
   *
   * @param process null unless it runs
   */
  record Found(State state, Identity process) {}

  /**
   * Looks for a process of a user.
   *
   * @return completes normally, in a few seconds at the latest
   */
  CompletableFuture<Found> find(long pid, UserPrincipal user);

  /** Whether a process that was found still runs. */
  State state(Identity process);

  /** Of a machine that shows none. */
  static Processes hidden() {
    return new Processes() {
      @Override
      public CompletableFuture<Found> find(long pid, UserPrincipal user) {
        return CompletableFuture.completedFuture(new Found(State.UNKNOWN, null));
      }

      @Override
      public State state(Identity process) {
        return State.UNKNOWN;
      }
    };
  }
}
