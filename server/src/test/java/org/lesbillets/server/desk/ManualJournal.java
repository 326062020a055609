package org.lesbillets.server.desk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * A journal in the hand of a test: each append waits until the test has it written by the journal
 * underneath, or says what becomes of it. The test's thread, and the desk's.
 */
final class ManualJournal implements Journal, JournalReads {
  private final Journal under;
  private final List<Held> held = new CopyOnWriteArrayList<>();
  private Listener listener;
  private String failure;
  private Obstacle obstacle;
  private int reads;
  private Consumer<Append> onAppend = append -> {};
  private Comment undelivered;
  private boolean shared;
  private CompletableFuture<Long> head;
  private int heads;
  private volatile boolean tailHeld;
  private final List<SequencedEvent> keptBack = new CopyOnWriteArrayList<>();

  /** An append that waits for the test. */
  static final class Held {
    private final Append append;
    private final CompletableFuture<Outcome> stage = new CompletableFuture<>();
    private Outcome outcome;

    private Held(Append append) {
      this.append = append;
    }

    Append append() {
      return append;
    }
  }

  ManualJournal(Journal under) {
    this.under = under;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    onAppend.accept(append);
    Held one = new Held(append);
    held.add(one);
    return one.stage;
  }

  /** Has someone look at each append when it is asked for, before it is under way. */
  void onAppend(Consumer<Append> look) {
    onAppend = look;
  }

  /** The appends under way, in the order they came. */
  List<Held> held() {
    return List.copyOf(held);
  }

  Held only() {
    if (held.size() != 1) {
      throw new AssertionError("not one append is under way but " + held.size());
    }
    return held.get(0);
  }

  /** Writes and delivers it, and does not say so yet. */
  Outcome write(Held one) {
    one.outcome = under.append(one.append).toCompletableFuture().join();
    return one.outcome;
  }

  /** Another server writes this, and it is delivered. */
  void appendElsewhere(Append append) {
    under.append(append).toCompletableFuture().join();
  }

  /** Says what became of one that was written. */
  void conclude(Held one) {
    conclude(one, one.outcome);
  }

  /** Says that this became of it, true or not. */
  void conclude(Held one, Outcome outcome) {
    held.remove(one);
    one.stage.complete(outcome);
  }

  /** Takes no more, for this reason, and says so. */
  void fail(String reason) {
    failure = reason;
    listener.onFailure(reason);
  }

  /** Takes nothing for now, for this reason; or does again, for null. */
  void obstruct(String reason) {
    obstacle = reason == null ? null : Obstacle.stalled(reason);
  }

  /** Is not reached for now, while others write to the store; or is again, for null. */
  void fallBehind(String reason) {
    obstacle = reason == null ? null : Obstacle.behind(reason);
  }

  /** Other servers write to its store. */
  void share() {
    shared = true;
  }

  @Override
  public boolean shared() {
    return shared;
  }

  /** Keeps back what is to be delivered from now on. */
  void holdTail() {
    tailHeld = true;
  }

  /** Delivers what was kept back, and what follows at once. */
  void releaseTail() {
    tailHeld = false;
    keptBack.forEach(listener::onEvent);
    keptBack.clear();
  }

  @Override
  public Obstacle obstacle() {
    return obstacle;
  }

  @Override
  public JournalMeasures measures() {
    return new JournalMeasures();
  }

  @Override
  public void probe(Runnable probe) {
    probe.run();
  }

  @Override
  public void poison(String reason) {
    fail(reason);
  }

  /** Its file has this comment of every ticket, whose event is not delivered; none for null. */
  void hasUndelivered(Comment comment) {
    undelivered = comment;
  }

  /** How often it was asked for an operation, an event or comments. */
  int readCount() {
    return reads;
  }

  @Override
  public JournalReads reads() {
    return this;
  }

  @Override
  public String failure() {
    return failure == null ? under.failure() : failure;
  }

  @Override
  public Optional<RecordedOperation> operation(AgentName agent, UUID id) {
    reads++;
    return under.reads().operation(agent, id);
  }

  @Override
  public Optional<SequencedEvent> event(long revision) {
    reads++;
    return under.reads().event(revision);
  }

  @Override
  public String journalId() {
    return under.journalId();
  }

  @Override
  public boolean ephemeral() {
    return under.ephemeral();
  }

  @Override
  public void tail(Listener listener) {
    this.listener = listener;
    under.tail(
        new Listener() {
          @Override
          public void onSnapshot(Iterable<Ticket> tickets, long revision) {
            listener.onSnapshot(tickets, revision);
          }

          @Override
          public void onEvent(SequencedEvent event) {
            if (tailHeld) {
              keptBack.add(event);
            } else {
              listener.onEvent(event);
            }
          }

          @Override
          public void onFailure(String reason) {
            listener.onFailure(reason);
          }
        });
  }

  @Override
  public CompletionStage<Long> head() {
    heads++;
    return head == null ? under.head() : head;
  }

  /** Does not say what its head is. */
  void holdHead() {
    head = new CompletableFuture<>();
  }

  /** Cannot say what its head is; is asked no more than that. */
  void failHead(String reason) {
    CompletableFuture<Long> held = head;
    head = new CompletableFuture<>();
    held.completeExceptionally(new JournalException(reason));
  }

  /** How often it was asked for its head. */
  int heads() {
    return heads;
  }

  /** Of the journal underneath. */
  long headNow() {
    return under.head().toCompletableFuture().join();
  }

  @Override
  public boolean remembers(ResumePoint point) {
    return under.reads().remembers(point);
  }

  @Override
  public List<SequencedEvent> eventsAfter(long revision, int limit, long maxBytes) {
    return under.reads().eventsAfter(revision, limit, maxBytes);
  }

  @Override
  public Optional<Ticket> ticketAt(TicketId ticket, long revision) {
    return under.reads().ticketAt(ticket, revision);
  }

  @Override
  public Paged<Comment> comments(TicketId ticket, Page page) {
    reads++;
    return undelivered == null
        ? under.reads().comments(ticket, page)
        : new Paged<>(List.of(undelivered), true);
  }

  @Override
  public Optional<Imported> imported(TicketId ticket) {
    reads++;
    return under.reads().imported(ticket);
  }

  @Override
  public Paged<SequencedEvent> history(TicketId ticket, Page page) {
    return under.reads().history(ticket, page);
  }

  @Override
  public void backup(Path file) {
    under.backup(file);
  }

  @Override
  public void close() {
    under.close();
  }
}
