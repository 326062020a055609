package org.lesbillets.cli.tui;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.TicketRef;

/**
 * The executor of effects: asynchronous requests to the server, tasks for the disk and for long
 * computations on single-threaded executors, and, for what concerns the terminal, calls back into
 * the loop. Every result is offered to the queue as an event.
 *
 * <p>Called by the loop's thread only; owns four worker threads, so that a slow disk delays no
 * filter. Their queues are unbounded; what is queued is bounded by the keys of one user.
 */
final class EffectRunner implements Effect.Visitor, AutoCloseable {
  private static final Duration LEAVE = Duration.ofSeconds(2);

  /** The effects that only the loop's thread may carry out, since it owns the terminal. */
  interface LoopEffects {
    void edit(Effect.Edit effect);

    void command(Effect.LoopCommand command);

    int columns();
  }

  private final AsyncTicketService service;
  private final TypedDrafts drafts;
  private final VerbRunner verbs;
  private final LoopEffects loop;
  private final Consumer<UiEvent> events;
  private final LockEffects locks;

  /** The id of the newest filter request; older ones are skipped when their turn is reached. */
  private volatile long newestFilter;

  private final ExecutorService disk = worker("billets-drafts");
  private final ExecutorService filtering = worker("billets-filter");
  private final ExecutorService counting = worker("billets-counts");
  private final ExecutorService running = worker("billets-verbs");

  /**
   * @param events takes the results, on any thread
   */
  EffectRunner(Dependencies dependencies, LoopEffects loop, Consumer<UiEvent> events) {
    this.service = dependencies.service();
    this.drafts = dependencies.drafts();
    this.verbs = dependencies.verbs();
    this.loop = loop;
    this.events = events;
    this.locks = new LockEffects(service, events);
  }

  /** The services that effects run on. */
  record Dependencies(AsyncTicketService service, TypedDrafts drafts, VerbRunner verbs) {}

  private static ExecutorService worker(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  void perform(List<Effect> effects) {
    effects.forEach(effect -> effect.accept(this));
  }

  @Override
  public void onChange(Effect.Change effect) {
    report(effect.id(), service.change(effect.change()), EffectResult.Done::new);
  }

  private <T> void report(
      long id, CompletableFuture<T> promise, BiFunction<Long, T, EffectResult> result) {
    promise.whenComplete(
        (answer, failure) ->
            events.accept(
                failure == null ? result.apply(id, answer) : EffectResult.Refused.of(id, failure)));
  }

  @Override
  public void onHold(Effect.Hold effect) {
    locks.hold(effect);
  }

  @Override
  public void onFinish(Effect.Finish effect) {
    report(effect.id(), locks.finish(effect), EffectResult.Done::new);
  }

  @Override
  public void onRelease(Effect.Release effect) {
    locks.release(effect.token());
  }

  @Override
  public void onWaitForLock(Effect.WaitForLock effect) {
    locks.waitForLock(effect);
  }

  @Override
  public void onCancelLockWait(Effect.CancelLockWait effect) {
    locks.cancelWait(effect.id());
  }

  @Override
  public void onFetch(Effect.Fetch effect) {
    report(
        effect.id(),
        service.details(TicketRef.of(effect.ticket()), true, effect.cursor()),
        EffectResult.Details::new);
  }

  @Override
  public void onFilterTickets(Effect.FilterTickets effect) {
    newestFilter = effect.id();
    filtering.execute(() -> filter(effect));
  }

  /** Skips a request that a newer one supersedes, as for every key typed into a filter. */
  private void filter(Effect.FilterTickets effect) {
    if (effect.id() == newestFilter) {
      events.accept(
          new EffectResult.TicketsFiltered(
              effect.id(),
              TicketFilterer.filter(effect.tickets(), effect.filter(), effect.me(), effect.now())));
    }
  }

  @Override
  public void onCount(Effect.Count effect) {
    counting.execute(
        () ->
            events.accept(
                new EffectResult.Counted(
                    effect.id(), effect.count().of(effect.tickets(), effect.me(), effect.now()))));
  }

  @Override
  public void onEdit(Effect.Edit effect) {
    loop.edit(effect);
  }

  @Override
  public void onSaveDraft(Effect.SaveDraft effect) {
    disk.execute(() -> events.accept(drafts.save(effect)));
  }

  @Override
  public void onDropDraft(Effect.DropDraft effect) {
    disk.execute(() -> drafts.drop(effect.key()).ifPresent(events));
  }

  @Override
  public void onFindDraft(Effect.FindDraft effect) {
    disk.execute(
        () ->
            events.accept(
                drafts.find(effect.key()).orElse(new EffectResult.DraftMissing(effect.key()))));
  }

  @Override
  public void onTakeDraft(Effect.TakeDraft effect) {
    disk.execute(() -> drafts.take(effect.key()));
  }

  @Override
  public void onRunVerb(Effect.RunVerb effect) {
    int columns = loop.columns();
    running.execute(() -> events.accept(ran(effect, columns)));
  }

  private UiEvent ran(Effect.RunVerb effect, int columns) {
    try {
      return ran(effect, verbs.run(effect.words(), columns));
    } catch (RuntimeException e) {
      return EffectResult.Refused.of(effect.id(), e);
    }
  }

  private static UiEvent ran(Effect.RunVerb effect, VerbRunner.Result result) {
    String text = PlainText.block(result.text()).stripTrailing();
    List<String> lines = text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    return new EffectResult.VerbEnded(effect.id(), result.code(), lines);
  }

  @Override
  public void onReconnect(Effect.Reconnect effect) {
    service.reconnect();
  }

  @Override
  public void onLoopCommand(Effect.LoopCommand effect) {
    loop.command(effect);
  }

  /** Cancels lock waits and closes the executors; writes of drafts are completed first. */
  @Override
  public void close() {
    disk.shutdown();
    try {
      disk.awaitTermination(LEAVE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    filtering.shutdownNow();
    counting.shutdownNow();
    running.shutdownNow();
    locks.cancelWaits();
  }
}
