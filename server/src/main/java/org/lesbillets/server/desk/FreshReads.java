package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.lesbillets.model.rules.Decision.Rejected;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.world.TimeSource;

/**
 * Reads that are answered once the book has what the journal had when they were asked for
 * (linearizable reads). One look-up of the head at a time serves all that came before it; each read
 * waits for 5 s at most. The desk's thread; bounded by its bound on unanswered requests.
 */
final class FreshReads {
  /** How long a read waits for the head, and for the events up to it. */
  static final Duration LIMIT = DeskDependencies.DELIVERY;

  private final Journal journal;
  private final TimeSource time;
  private final DeskState state;
  private final Executor desk;

  /** All that wait, in the order of their arrival, and the ones that are done since. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** What the next look-up of the head is for. */
  private List<Waiting> unasked = new ArrayList<>();

  /** Those that wait for a revision. */
  private final TreeMap<Long, List<Waiting>> awaited = new TreeMap<>();

  private boolean asking;

  private static final class Waiting {
    private final Requester requester;
    private final String requestId;
    private final Task task;
    private final long sinceNanos;
    private boolean done;

    Waiting(Requester requester, String requestId, Task task, long sinceNanos) {
      this.requester = requester;
      this.requestId = requestId;
      this.task = task;
      this.sinceNanos = sinceNanos;
    }
  }

  /** A read. */
  interface Task {
    /** Reads the book, and answers. */
    void run();

    /** It was answered otherwise. */
    void refused();
  }

  /**
   * @param desk runs a task on the desk's thread
   */
  FreshReads(DeskDependencies with, DeskState state, Executor desk) {
    this.journal = with.journal();
    this.time = with.time();
    this.state = state;
    this.desk = desk;
  }

  /** Runs {@code task} when the book is fresh, or refuses the request. */
  void whenFresh(Requester requester, String requestId, Task task) {
    Waiting one = new Waiting(requester, requestId, task, time.nanos());
    waiting.add(one);
    unasked.add(one);
    ask();
  }

  private void ask() {
    if (!asking && !unasked.isEmpty()) {
      asking = true;
      List<Waiting> asked = unasked;
      unasked = new ArrayList<>();
      journal
          .head()
          .whenComplete(
              (head, failure) ->
                  desk.execute(() -> answered(asked, failure == null ? head : null)));
    }
  }

  /**
   * @param head null if the store did not say
   */
  private void answered(List<Waiting> asked, Long head) {
    asking = false;
    if (head == null) {
      asked.forEach(this::refuse);
    } else {
      awaited.computeIfAbsent(head, revision -> new ArrayList<>()).addAll(asked);
      delivered(state.book().revision());
    }
    ask();
  }

  /** The book has applied every event up to a revision. */
  void delivered(long revision) {
    while (!awaited.isEmpty() && awaited.firstKey() <= revision) {
      awaited.pollFirstEntry().getValue().forEach(this::run);
    }
  }

  private void run(Waiting one) {
    if (!one.done) {
      one.done = true;
      one.task.run();
    }
  }

  private void refuse(Waiting one) {
    refuse(one, why());
  }

  private void refuse(Waiting one, Rejected why) {
    if (!one.done) {
      one.done = true;
      one.requester.answer(why.answer(one.requestId));
      one.task.refused();
    }
  }

  private Rejected why() {
    Obstacle obstacle = journal.obstacle();
    if (journal.failure() != null) {
      return DeskMessages.unreadable(journal.failure());
    }
    return obstacle != null && obstacle.behind()
        ? DeskMessages.behind(obstacle.reason())
        : DeskMessages.NOT_FRESH;
  }

  /** Refuses all that wait, since the server stops. */
  void close() {
    waiting.forEach(one -> refuse(one, DeskMessages.SERVER_STOPS));
    waiting.clear();
  }

  /** Refuses what has waited for too long. */
  void runDue() {
    while (!waiting.isEmpty() && (waiting.peek().done || nanosToNext(1) == 0)) {
      refuse(waiting.poll());
    }
  }

  /** Nanoseconds until {@link #runDue} has to run, 0 when overdue; at most {@code most}. */
  long nanosToNext(long most) {
    return waiting.isEmpty()
        ? most
        : Math.max(0, Math.min(most, waiting.peek().sinceNanos + LIMIT.toNanos() - time.nanos()));
  }
}
