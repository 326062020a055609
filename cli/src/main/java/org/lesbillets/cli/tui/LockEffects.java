package org.lesbillets.cli.tui;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.live.HeldLease;
import org.lesbillets.cli.tui.live.WaitingTurn;
import org.lesbillets.cli.tui.update.Effect;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Carries out the effects that are about locks, and holds the leases and the places in line that
 * the view has: as many as a person has asked for. Called by the thread of the live view, and
 * called back by those of the desk.
 */
final class LockEffects {
  private static final String NOTE = "editing";

  private final AsyncTicketService service;
  private final Consumer<UiEvent> events;
  private final Map<Long, HeldLease> leases = new ConcurrentHashMap<>();
  private final Map<Long, WaitingTurn> turns = new ConcurrentHashMap<>();

  LockEffects(AsyncTicketService service, Consumer<UiEvent> events) {
    this.service = service;
    this.events = events;
  }

  void hold(Effect.Hold effect) {
    // The lease is not there yet when the listener is made, and can be lost as soon as it is.
    CompletableFuture<HeldLease> taken = new CompletableFuture<>();
    service
        .hold(effect.ticket(), NOTE, why -> taken.thenAccept(lease -> lost(lease, why)))
        .whenComplete(
            (lease, failure) -> {
              if (failure == null) {
                leases.put(lease.token(), lease);
                events.accept(new EffectResult.Held(effect.id(), lease.granted()));
                taken.complete(lease);
              } else {
                events.accept(EffectResult.Refused.of(effect.id(), failure));
              }
            });
  }

  private void lost(HeldLease lease, LockLostReason why) {
    leases.remove(lease.token());
    events.accept(new EffectResult.Lost(lease.number(), lease.token(), why));
  }

  /** Makes the change that ends a lock; where that is lost, the server says so. */
  CompletableFuture<EventMessage> finish(Effect.Finish effect) {
    HeldLease lease = leases.get(effect.token());
    CompletableFuture<EventMessage> promise =
        lease == null ? service.change(effect.change()) : lease.finish(effect.change());
    return promise.whenComplete((event, failure) -> finished(effect, failure));
  }

  private void finished(Effect.Finish effect, Throwable failure) {
    if (failure == null) {
      leases.remove(effect.token());
    }
  }

  void release(long token) {
    HeldLease lease = leases.remove(token);
    if (lease != null) {
      lease.release();
    }
  }

  void stand(Effect.StandInLine effect) {
    long id = effect.id();
    AtomicBoolean over = new AtomicBoolean();
    Runnable end =
        () -> {
          over.set(true);
          turns.remove(id);
        };
    turns.put(id, service.waitInLine(effect.lock(), new TurnEar(id, events, end)));
    if (over.get()) {
      // The wait was over before it was noted.
      turns.remove(id);
    }
  }

  void leave(long id) {
    WaitingTurn turn = turns.remove(id);
    if (turn != null) {
      turn.cancel();
    }
  }

  void leaveAll() {
    turns.values().forEach(WaitingTurn::cancel);
  }
}
