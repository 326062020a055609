package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.pubsub.Subscription;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.ManualWorld;
import org.lesbillets.server.world.Processes;

/**
 * A desk whose thread is the test's, over a journal and clocks in the test's hand. What is
 * announced is passed on as the updater does, in order.
 */
final class ManualDesk implements AutoCloseable {
  private static final int ANNOUNCEMENTS = 1_000_000;

  private final ManualJournal journal;
  private final FakeClock clock = new FakeClock();
  private final Subscription<Announcement> announcements;
  private final ManualWorld world = new ManualWorld(clock);
  private final TicketDesk desk;
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final List<Announcement.Happened> happened = new ArrayList<>();
  private boolean workersAreBusy;

  ManualDesk() {
    this(new MemoryJournal(), TicketDesk.Limits.DEFAULT);
  }

  ManualDesk(Journal under, TicketDesk.Limits limits) {
    this(under, limits, Integer.MAX_VALUE);
  }

  private ManualDesk(Journal under, TicketDesk.Limits limits, int workersAtATime) {
    this(under, limits, workersAtATime, Processes.hidden());
  }

  private ManualDesk(
      Journal under, TicketDesk.Limits limits, int workersAtATime, Processes processes) {
    this.journal = new ManualJournal(under);
    EventChannel<Announcement> channel = new EventChannel<>();
    this.announcements = channel.subscribe(ANNOUNCEMENTS);
    FairLane lane = new FairLane(this::take, workersAtATime, Integer.MAX_VALUE, clock::nanos);
    Workers workers = new Workers(lane, lane, lane);
    this.desk =
        new TicketDesk(
            new DeskDependencies(journal, channel, world.with(processes), workers), limits);
    desk.load();
  }

  /** One whose sessions share a worker, as the clock says. */
  static ManualDesk withOneWorker() {
    return new ManualDesk(new MemoryJournal(), TicketDesk.Limits.DEFAULT, 1);
  }

  /** One on a machine with these processes. */
  static ManualDesk with(Processes processes) {
    return new ManualDesk(
        new MemoryJournal(), TicketDesk.Limits.DEFAULT, Integer.MAX_VALUE, processes);
  }

  private void take(Runnable task) {
    if (workersAreBusy) {
      throw new RejectedExecutionException("too much to do");
    }
    work.add(task);
  }

  ManualJournal journal() {
    return journal;
  }

  FakeClock clock() {
    return clock;
  }

  TicketDesk desk() {
    return desk;
  }

  /** From now on the workers take, or refuse, what they are given. */
  void workersAreBusy(boolean busy) {
    workersAreBusy = busy;
  }

  Asker agent(String name) {
    return new Asker(name, Role.AGENT);
  }

  /** Their connection is over. */
  void leave(Asker who) {
    who.go();
    desk.disconnected(who);
    settle();
  }

  /** Submits, and has the desk do all it can. */
  void ask(Requester who, ClientMessage message) {
    if (!desk.submit(who, message)) {
      throw new AssertionError("not taken: " + message);
    }
    settle();
  }

  /** The desk and its workers do all that is to be done before the journal says more. */
  void settle() {
    while (desk.runQueued() > 0 || !work.isEmpty()) {
      for (Runnable task = work.poll(); task != null; task = work.poll()) {
        task.run();
      }
    }
    passOn();
  }

  /** The processes of locks are looked at, if that is due, and what comes of it is written. */
  void look() {
    lookOnly();
    writeAll();
  }

  /** The same, but nothing is written. */
  void lookOnly() {
    world.round("processes");
    settle();
  }

  /** A worker does one thing, if there is anything to do. */
  void workOnce() {
    Runnable task = work.poll();
    if (task != null) {
      task.run();
    }
  }

  /** What the workers have to do is dropped. */
  void forgetWork() {
    work.clear();
  }

  /** The desk does all it can, the workers nothing. */
  void settleWithoutWorkers() {
    while (desk.runQueued() > 0) {
      continue;
    }
    passOn();
  }

  /** Writes what waits, oldest first, until nothing waits. */
  void writeAll() {
    while (!journal.held().isEmpty()) {
      writeNext();
    }
  }

  /** Writes the oldest append that waits. */
  void writeNext() {
    ManualJournal.Held oldest = journal.held().get(0);
    journal.write(oldest);
    journal.conclude(oldest);
    settle();
  }

  /** The only append under way comes to this end without being written. */
  void conclude(Outcome outcome) {
    journal.conclude(journal.only(), outcome);
    settle();
  }

  /** Asks, writes, and gives the answer. */
  SequencedEvent done(Asker who, ClientMessage message) {
    ask(who, message);
    writeAll();
    return who.event(message.requestId()).event();
  }

  /** Time goes by, and the desk wakes up. */
  void pass(Duration time) {
    clock.advance(time);
    settle();
  }

  Ticket ticket(long number) {
    return desk.book().findByNumber(number).orElseThrow();
  }

  /** The ticket an append is about, if it is there. */
  Optional<Ticket> ticketOf(ManualJournal.Held held) {
    return desk.book().find(held.append().ticket());
  }

  /** What was pushed so far, as it was announced. */
  List<Announcement.Happened> happened() {
    return happened;
  }

  /** The names of the kinds of events pushed so far. */
  List<String> told() {
    return happened.stream().map(h -> h.event().event().type()).toList();
  }

  SequencedEvent last() {
    return happened.get(happened.size() - 1).event();
  }

  void passOn() {
    List<Announcement> some = new ArrayList<>();
    while (announcements.take(some, Integer.MAX_VALUE) > 0) {
      some.forEach(announcement -> announcement.accept(new PassingOn()));
      some.clear();
    }
  }

  private final class PassingOn implements Announcement.Visitor {
    @Override
    public void onHappened(Announcement.Happened announcement) {
      happened.add(announcement);
    }

    @Override
    public void onAnswered(Announcement.Answered a) {
      if (a.to() instanceof Asker asker) {
        asker.answered(a);
      } else {
        a.to().answer(a.requestId(), new byte[0]);
      }
    }

    @Override
    public void onJoined(Announcement.Joined announcement) {
      announcement.who().watch(announcement.request(), announcement.snapshot());
    }

    @Override
    public void onPassed(Announcement.Passed announcement) {
      announcement.task().run();
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
