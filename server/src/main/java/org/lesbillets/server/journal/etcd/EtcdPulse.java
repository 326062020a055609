package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Obstacle;

/**
 * Asks the cluster every second for its last event, linearizably, and compares it with what the
 * tail has delivered: a watch can hang without an error. Run by the journal's loop.
 *
 * <pre>
 *   WITH THE CLUSTER --- no answer, or behind, for 2 s ---> BEHIND: an obstacle
 *          ^-------- an answer, and the tail has delivered it --------'
 * </pre>
 */
final class EtcdPulse {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
  private static final long TAIL_PATIENCE = Duration.ofSeconds(1).toNanos();
  private static final long RENEWAL = Duration.ofSeconds(5).toNanos();
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** A call ends after 4 s. */
  private static final int MOST_UNANSWERED = 5;

  private final EtcdDesk desk;
  private final EtcdTail tail;
  private final Consumer<String> poison;
  private final Runnable wake;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private int unanswered;
  private long askNanos;
  private long roundNanos;

  /** When it was last known to be with the cluster. */
  private long soundNanos;

  /** Revision of an event that the cluster has and the tail has not delivered; 0 for none. */
  private long awaited;

  private long awaitedNanos;

  /** When the connections were made. */
  private long renewNanos;

  private long seen;
  private long etcdRevision;
  private volatile Obstacle obstacle;

  /**
   * An answer, or a failure.
   *
   * @param least the journal's revision that was known when it was asked
   */
  private record Answer(TxnResponse read, Throwable failure, long least) {}

  /**
   * @param poison ends the journal, with a sentence
   * @param wake wakes the journal's loop
   */
  EtcdPulse(EtcdDesk desk, EtcdTail tail, Consumer<String> poison, Runnable wake) {
    this.desk = desk;
    this.tail = tail;
    this.poison = poison;
    this.wake = wake;
    this.askNanos = desk.world().time().nanos();
    this.soundNanos = askNanos;
    this.roundNanos = askNanos;
  }

  /** Why the server may be behind, or null. Any thread. */
  Obstacle obstacle() {
    return obstacle;
  }

  /** etcd's own revision at the last answer; 0 before the first. */
  long etcdRevision() {
    return etcdRevision;
  }

  /** Returns nanoseconds until there is something to do without a wake. */
  long round(long now) {
    forgive(now - roundNanos - EVERY);
    roundNanos = now;
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      unanswered--;
      take(answer, now);
    }
    lookForAwaited(now);
    if (now - askNanos >= 0 && unanswered < MOST_UNANSWERED) {
      askNanos = now + EVERY;
      ask();
    }
    if (now - soundNanos > EVERY + PATIENCE && obstacle == null) {
      renewNanos = now;
      String trouble = awaited == 0 ? "does not answer" : "does not send what was changed";
      obstacle =
          Obstacle.behind(
              "The etcd cluster %s %s: this server is behind, since %s."
                  .formatted(desk.etcd().address(), trouble, since(now - soundNanos)));
    }
    if (obstacle != null && now - renewNanos > RENEWAL) {
      renewNanos = now;
      desk.etcd().renew();
    }
    return Math.min(Math.max(askNanos - now, EVERY / 10), EVERY);
  }

  /** The loop was held up itself for so long. */
  private void forgive(long pause) {
    if (pause > 0) {
      soundNanos += pause;
      awaitedNanos += pause;
    }
  }

  private String since(long agoNanos) {
    Instant then = desk.world().time().now().minusNanos(agoNanos);
    return SHOWN.format(then.atZone(ZoneId.systemDefault()));
  }

  private void ask() {
    unanswered++;
    long least = Math.max(seen, tail.delivered());
    desk.etcd()
        .transaction()
        .Then(
            Op.get(desk.keys().meta(), GetOption.DEFAULT),
            Op.get(desk.keys().head(), GetOption.builder().withKeysOnly(true).build()))
        .commit()
        .whenComplete(
            (read, failure) -> {
              answers.add(new Answer(read, failure, least));
              wake.run();
            });
  }

  private void take(Answer answer, long now) {
    if (answer.failure != null) {
      if (EtcdTrouble.of(answer.failure) == EtcdTrouble.DENIED) {
        poison.accept(EtcdTrouble.explained(desk.etcd().address(), answer.failure).getMessage());
      }
      return;
    }
    try {
      EtcdMeta meta =
          EtcdMeta.of(answer.read.getGetResponses().get(0).getKvs(), desk.etcd().address());
      if (!meta.journalId().equals(desk.meta().journalId())) {
        poison.accept(another("another history"));
        return;
      }
    } catch (JournalException e) {
      poison.accept(e.getMessage());
      return;
    }
    List<KeyValue> found = answer.read.getGetResponses().get(1).getKvs();
    long last = found.isEmpty() ? 0 : desk.meta().base() + found.get(0).getModRevision();
    if (last < answer.least) {
      poison.accept(another("an earlier state"));
      return;
    }
    compare(last, answer.read.getHeader().getRevision(), now);
  }

  private void compare(long last, long asOf, long now) {
    seen = Math.max(seen, last);
    etcdRevision = Math.max(etcdRevision, asOf);
    if (!tail.isStarted() || tail.delivered() >= last) {
      tail.quiet(last, asOf);
      sound(now);
    } else if (awaited == 0) {
      awaited = last;
      awaitedNanos = now;
    }
  }

  private void sound(long now) {
    awaited = 0;
    soundNanos = now;
    obstacle = null;
  }

  /** While others write, the cluster is always some events ahead: those it had must arrive. */
  private void lookForAwaited(long now) {
    if (awaited == 0) {
      return;
    }
    if (tail.delivered() >= awaited) {
      sound(now);
    } else if (now - awaitedNanos > TAIL_PATIENCE && !tail.isWorking()) {
      awaitedNanos = now;
      tail.reopen(now);
    }
  }

  private String another(String what) {
    return "The etcd cluster %s has %s of this desk, as after a restore: restart this server."
        .formatted(desk.etcd().address(), what);
  }
}
