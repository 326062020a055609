package org.lesbillets.server.journal.etcd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.model.WireLimits;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.world.Loop;

/**
 * The appends on their way to etcd, at most {@value #IN_FLIGHT} at a time: each is one transaction,
 * sent again until one answers, also while the member that was asked is silent, and ends when the
 * tail has delivered what its outcome speaks of; as unknown after 10 s. Run by the journal's loop;
 * jetcd's threads only hand over.
 */
final class EtcdAppends {
  static final int IN_FLIGHT = 256;
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  private final EtcdDesk desk;
  private final EtcdLeases leases;
  private final EtcdNumbers numbers;
  private final EtcdRedaction redaction;
  private final JournalMeasures measures = new JournalMeasures();
  private final Runnable wake;

  private final Set<AppendAttempt> inFlight = ConcurrentHashMap.newKeySet();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Held> held = new ArrayList<>();
  private final List<AppendQueue.Pending> taken = new ArrayList<>();
  private volatile long unknown;

  /** The answer to a transaction; one of the two is null. */
  private record Answer(Sending sent, AppendAttempt.Reading reading, Throwable failure) {}

  /** A transaction that was sent. */
  private record Sending(AppendAttempt attempt, long lease, long number) {}

  /** An outcome that waits for the tail. */
  private record Held(AppendAttempt attempt, AppendAttempt.Reading.Ended end) {}

  /**
   * @param wake wakes the journal's loop
   */
  EtcdAppends(EtcdDesk desk, EtcdLeases leases, EtcdNumbers numbers, Runnable wake) {
    this.desk = desk;
    this.redaction = new EtcdRedaction(desk);
    this.leases = leases;
    this.numbers = numbers;
    this.wake = wake;
  }

  JournalMeasures measures() {
    return measures;
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Any thread. */
  Journal.Uncertain uncertain(long delivered) {
    long changes = unknown + inFlight.size();
    return changes == 0 ? Journal.Uncertain.NONE : new Journal.Uncertain(changes, delivered + 1);
  }

  /** Answers all that is under way. Any thread. */
  void settle(String reason) {
    inFlight.forEach(attempt -> attempt.answer(new Outcome.Unknown(reason)));
  }

  /**
   * Takes appends, answers and what is to be sent again.
   *
   * @param delivered by the tail; Long.MAX_VALUE while there is no listener
   * @param failure why the tail delivers no more, or null
   * @return nanoseconds until there may be something to do without a wake; Loop.END at the end
   */
  long round(AppendQueue queue, long now, long delivered, String failure) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      take(answer, now);
    }
    release(delivered, failure);
    boolean more = true;
    if (inFlight.size() < IN_FLIGHT) {
      more = queue.take(taken, IN_FLIGHT - inFlight.size());
      taken.forEach(pending -> begin(pending, now));
      taken.clear();
    }
    long next = resend(now);
    return more || !inFlight.isEmpty() ? next : Loop.END;
  }

  private void begin(AppendQueue.Pending pending, long now) {
    if (!pending.begin()) {
      return;
    }
    AppendAttempt attempt = new AppendAttempt(pending, desk.world().newId().toString(), desk, now);
    inFlight.add(attempt);
    if (!attempt.creates() || claim(attempt, attempt.number())) {
      send(attempt, now);
    }
  }

  /** Returns false if it ended, since there is no number. */
  private boolean claim(AppendAttempt attempt, long wanted) {
    attempt.number(numbers.claim(wanted));
    if (attempt.number() > WireLimits.MAX_NUMBER) {
      end(attempt, new Outcome.Missing(Outcome.Missing.What.NUMBER));
      return false;
    }
    return true;
  }

  private void send(AppendAttempt attempt, long now) {
    attempt.sent(now);
    long lease = leases.current();
    Sending sent = new Sending(attempt, lease, attempt.number());
    CompletableFuture<AppendAttempt.Reading> answer;
    try {
      answer =
          attempt.append().redacts()
              ? redaction.rewrite(attempt, lease)
              : attempt.fill(desk.etcd().transaction(), lease).commit().thenApply(attempt::read);
    } catch (RejectedExecutionException e) {
      end(attempt, new Outcome.Busy());
      return;
    } catch (RuntimeException e) {
      later(attempt, now);
      return;
    }
    answer.whenComplete(
        (reading, failure) -> {
          answers.add(new Answer(sent, reading, failure));
          wake.run();
        });
  }

  private void take(Answer answer, long now) {
    AppendAttempt attempt = answer.sent.attempt;
    if (!inFlight.contains(attempt)) {
      return;
    }
    if (answer.failure != null) {
      failed(answer, now);
      return;
    }
    if (answer.reading instanceof AppendAttempt.Reading.Ended end) {
      measures.committed(1, attempt.begunNanos, attempt.begunNanos, now);
      attempt.rest(now);
      held.add(new Held(attempt, end));
    } else if (answer.reading instanceof AppendAttempt.Reading.NumberTaken) {
      tryAnotherNumber(answer.sent, now);
    } else {
      later(attempt, now);
    }
  }

  private void tryAnotherNumber(Sending sent, long now) {
    AppendAttempt attempt = sent.attempt;
    if (sent.number != attempt.number()) {
      // An earlier sending, in place of which there is another one already.
      return;
    }
    numbers.used(sent.number);
    numbers.release(sent.number);
    if (claim(attempt, 0)) {
      send(attempt, now);
    }
  }

  private void failed(Answer answer, long now) {
    AppendAttempt attempt = answer.sent.attempt;
    String said = EtcdTrouble.said(answer.failure);
    switch (EtcdTrouble.of(answer.failure)) {
      case TOO_LARGE -> refused(attempt, "etcd does not take so much at once (%s)", said);
      case NO_SPACE -> refused(attempt, "etcd has no space left (%s)", said);
      case DENIED -> refused(attempt, "etcd does not admit this server (%s)", said);
      case LEASE_GONE -> {
        leases.lost(answer.sent.lease, now);
        later(attempt, now);
      }
      case UNCLEAR, COMPACTED, FUTURE -> {
        attempt.unclear = true;
        later(attempt, now);
      }
    }
  }

  /** This time it was not written; an earlier time may have had no answer. */
  private void refused(AppendAttempt attempt, String form, String said) {
    String reason = form.formatted(said) + ".";
    end(attempt, attempt.unclear ? unknown(reason) : new Outcome.Busy(reason));
  }

  private Outcome unknown(String reason) {
    unknown++;
    return new Outcome.Unknown(reason);
  }

  private void later(AppendAttempt attempt, long now) {
    attempt.later(now);
  }

  private long resend(long now) {
    long next = Long.MAX_VALUE;
    for (AppendAttempt attempt : inFlight) {
      long left = attempt.begunNanos + PATIENCE - now;
      if (left <= 0 || attempt.isAnswered()) {
        end(attempt, unknown("etcd has not said whether it wrote the change"));
        continue;
      }
      long due = attempt.dueNanos();
      if (now - due >= 0) {
        send(attempt, now);
        due = attempt.dueNanos();
      }
      next = Math.min(next, Math.min(left, due - now));
    }
    return next;
  }

  private void release(long delivered, String failure) {
    held.removeIf(
        one -> {
          boolean heard = one.end.revision() <= delivered;
          if (!heard && failure == null && inFlight.contains(one.attempt)) {
            return false;
          }
          end(one.attempt, heard ? one.end.outcome() : unknown(failure));
          return true;
        });
  }

  private void end(AppendAttempt attempt, Outcome outcome) {
    if (inFlight.remove(attempt)) {
      if (attempt.creates()) {
        if (outcome instanceof Outcome.Appended) {
          numbers.used(attempt.number());
        }
        numbers.release(attempt.number());
      }
      attempt.answer(outcome);
    }
  }

  void close() {
    redaction.close();
  }
}
