package org.lesbillets.cli.command.lock;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.model.message.GiveBack;

/**
 * Runs a child process while its lease is renewed on another thread, and ends it when the lock is
 * lost. A claim is given back when the child fails. The caller's thread waits for the child.
 *
 * <p>How a claim is given back when this closes:
 *
 * <pre>
 *   untried --child started--> failed --exit code 0--> kept: unlocked, still assigned
 * </pre>
 */
public final class LockedCommandRunner {
  /** From SIGTERM to SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * Timeout of the release of a lock, for a busy machine: the lease expires anyway. A claim that is
   * done is released {@linkplain GrantedLock#notReleasedYet again}.
   */
  private static final Duration RELEASE = Duration.ofSeconds(10);

  /** A child that ends so soon after it released its lock needs no message. */
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  /** The exit code of a child that SIGINT ended. */
  private static final int INTERRUPTED = 130;

  private final CommandContext context;
  private final ChildCommand command;

  public LockedCommandRunner(CommandContext context, ChildCommand command) {
    this.context = context;
    this.command = command;
  }

  /**
   * @param granted the lock, just taken
   * @throws ChildExitException if the command does not end with 0, or cannot be run
   * @throws LockLostException if the lock was lost, when the command has ended
   */
  public void run(GrantedLock granted) {
    AtomicReference<Holding> held = new AtomicReference<>();
    granted.handOver(() -> held.set(hold(granted)));
    int code;
    try (Holding holding = held.get()) {
      // The keeper has a separate connection; the one that took the lock is done.
      context.service().close();
      code = run(holding);
      if (code == INTERRUPTED && holding.signals.interrupted()) {
        EndByInterrupt.atExit();
      }
    }
    if (code != 0) {
      throw new ChildExitException(code, null);
    }
  }

  /**
   * The lock and signal handlers while the child runs. Closing releases the lock, unless it is
   * lost.
   */
  private final class Holding implements AutoCloseable {
    private final GrantedLock granted;
    private final Lease lease;
    private final PassedSignals signals;
    private final KeptLease kept;

    /** Completed when the lock is lost. */
    private final CompletableFuture<LockLostReason> end = new CompletableFuture<>();

    /** How a claim is given back as things are; null to keep its assignment. */
    private GiveBack giveBack;

    Holding(GrantedLock granted, PassedSignals signals) {
      this.granted = granted;
      this.lease = Lease.of(granted.granted());
      this.signals = signals;
      this.kept = context.service().keep(lease, OnServerAway.GIVE_UP, end::complete);
      this.giveBack = granted.claimed() ? GiveBack.UNTRIED : null;
    }

    void began() {
      giveBack = granted.claimed() ? GiveBack.FAILED : null;
    }

    void ended(int code) {
      giveBack = code == 0 ? null : giveBack;
    }

    @Override
    public void close() {
      if (end.isDone()) {
        kept.close();
      } else if (!kept.release(giveBack, RELEASE)) {
        granted.notReleasedYet(giveBack, signals.stopping());
      }
      signals.close();
    }
  }

  private Holding hold(GrantedLock granted) {
    PassedSignals signals = PassedSignals.open(context.console().terminal().in());
    try {
      return new Holding(granted, signals);
    } catch (RuntimeException | Error e) {
      signals.close();
      throw e;
    }
  }

  private int run(Holding holding) {
    RunningCommand child = command.start(environment(holding.lease));
    holding.began();
    try {
      holding.signals.passTo(child.process());
      int code = attend(child, holding.lease, holding.end);
      holding.ended(code);
      return code;
    } catch (RuntimeException | Error e) {
      // The lock is about to be released: nothing may run under it any more.
      ProcessTree.end(child.process(), GRACE);
      throw e;
    }
  }

  private Map<String, String> environment(Lease lease) {
    Map<String, String> added = new TreeMap<>(context.settings().forChildren());
    added.put("BILLETS_TICKET", Long.toString(lease.number()));
    added.put("BILLETS_LOCK_TOKEN", Long.toString(lease.token()));
    return added;
  }

  /** The code the command ends with; as in a shell, 128 + n when signal n ended it. */
  private int attend(RunningCommand child, Lease lease, CompletableFuture<LockLostReason> end) {
    CompletableFuture.anyOf(child.exit(), end).join();
    if (end.isDone()) {
      LockLostReason why = end.join();
      switch (why.kind()) {
        case RELEASED -> goOn(child, lease, why);
        case TAKEN, FORCED, EXPIRED, REFUSED, AWAY -> throw stopped(child, lease, why);
      }
    }
    return child.exitCode();
  }

  /** Only its holder can release a lock: the child itself, or the agent that runs it. */
  private void goOn(RunningCommand child, Lease lease, LockLostReason why) {
    CompletableFuture<Integer> soon = new CompletableFuture<>();
    soon.completeOnTimeout(null, AFTERMATH.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(child.exit(), soon).join();
    if (!child.exit().isDone()) {
      say("LOCK_RELEASED", lease, "was released, and %s goes on without it: ", why);
    }
  }

  private LockLostException stopped(RunningCommand child, Lease lease, LockLostReason why) {
    say("LOCK_LOST", lease, "is lost, so %s is stopped: ", why);
    ProcessTree.end(child.process(), GRACE);
    return new LockLostException(why.sentence());
  }

  private void say(String code, Lease lease, String what, LockLostReason why) {
    context.report(
        code,
        "the lock on #"
            + lease.number()
            + " "
            + what.formatted(command.program())
            + why.sentence());
  }
}
