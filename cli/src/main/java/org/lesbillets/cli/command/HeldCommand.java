package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.KeptLease;
import org.lesbillets.cli.client.Lease;
import org.lesbillets.cli.client.LostLock;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Runs a command while a lock is held and renewed, and ends it when the lock is lost. The thread
 * that runs it waits for the command; the lease is kept on another.
 */
final class HeldCommand {
  /** From SIGTERM to SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Nobody waits longer than this for a lock to be given back: it ends by itself. */
  private static final Duration RELEASE = Duration.ofSeconds(2);

  /** A command that ends so soon after it released its lock needs not be told. */
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  private final Invocation invocation;
  private final CommandWords command;

  HeldCommand(Invocation invocation, CommandWords command) {
    this.invocation = invocation;
    this.command = command;
  }

  /**
   * @param granted the lock, just taken
   * @throws CommandFailure if the command does not end with 0, or cannot be run
   * @throws LockLostException if the lock was lost, when the command has ended
   */
  void run(EventMessage granted) {
    Lease lease = Lease.of(granted);
    CompletableFuture<LostLock> end = new CompletableFuture<>();
    int code;
    try (PassedSignals signals = PassedSignals.open(invocation.console().terminal().in())) {
      KeptLease kept = invocation.desk().keep(lease, end::complete);
      // The keeper has a connection of its own; the one that took the lock is done.
      invocation.desk().close();
      try {
        Process child = command.start(environment(lease));
        signals.passTo(child.toHandle());
        code = attend(child, lease, end);
      } finally {
        giveBack(kept, end.isDone());
      }
    }
    if (code != 0) {
      throw new CommandFailure(code, null);
    }
  }

  private Map<String, String> environment(Lease lease) {
    Map<String, String> added = new TreeMap<>(invocation.settings().forChildren());
    added.put("BILLETS_TICKET", Long.toString(lease.number()));
    added.put("BILLETS_LOCK_TOKEN", Long.toString(lease.token()));
    return added;
  }

  private static void giveBack(KeptLease kept, boolean over) {
    if (over) {
      kept.close();
    } else {
      kept.release(RELEASE);
    }
  }

  /** The code the command ends with; as in a shell, 128 + n when signal n ended it. */
  private int attend(Process child, Lease lease, CompletableFuture<LostLock> end) {
    CompletableFuture.anyOf(child.onExit(), end).join();
    if (end.isDone()) {
      LostLock why = end.join();
      switch (why.kind()) {
        case RELEASED -> goOn(child, lease, why);
        case TAKEN, FORCED, EXPIRED, REFUSED, AWAY -> throw stopped(child, lease, why);
      }
    }
    return child.onExit().join().exitValue();
  }

  /** Only its holder can release a lock: the command itself did, or whoever runs it. */
  private void goOn(Process child, Lease lease, LostLock why) {
    try {
      if (!child.waitFor(AFTERMATH.toMillis(), TimeUnit.MILLISECONDS)) {
        say("LOCK_RELEASED", lease, "was released, and %s goes on without it: ", why);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LockLostException stopped(Process child, Lease lease, LostLock why) {
    say("LOCK_LOST", lease, "is lost, so %s is stopped: ", why);
    ProcessTree.end(child.toHandle(), GRACE);
    return new LockLostException(why.sentence());
  }

  private void say(String code, Lease lease, String what, LostLock why) {
    invocation.tell(
        code,
        "the lock on #"
            + lease.number()
            + " "
            + what.formatted(command.program())
            + why.sentence());
  }
}
