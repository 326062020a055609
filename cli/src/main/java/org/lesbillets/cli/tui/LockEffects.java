package org.lesbillets.cli.tui;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.EffectResult.LockWaitChanged.Phase;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.live.HeldLease;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The effects on locks, with the leases and the waits they started. Called by the loop's thread;
 * callbacks run on threads of the service. Bounded by what one user asks for.
 */
final class LockEffects {
  private static final String NOTE = "editing";

  private final AsyncTicketService service;
  private final Consumer<UiEvent> events;
  private final Map<Long, HeldLease> leases = new ConcurrentHashMap<>();

  /** Leaves the wait queue, by the id of the effect that entered it. */
  private final Map<Long, Runnable> waits = new ConcurrentHashMap<>();

  LockEffects(AsyncTicketService service, Consumer<UiEvent> events) {
    this.service = service;
    this.events = events;
  }

  void hold(Effect.Hold effect) {
    // The lease may be lost before its future has completed: the loss is reported behind it.
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

  /**
   * Makes the change that ends a lock; without a lease here it is sent all the same, and the server
   * decides.
   */
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

  void waitForLock(Effect.WaitForLock effect) {
    WaitEvents listener = new WaitEvents(effect.id());
    waits.put(effect.id(), service.waitForLock(effect.lock(), listener));
    if (listener.over) {
      // A race: the wait ended before it was recorded.
      waits.remove(effect.id());
    }
  }

  void cancelWait(long id) {
    Runnable leaving = waits.remove(id);
    if (leaving != null) {
      leaving.run();
    }
  }

  void cancelWaits() {
    waits.values().forEach(Runnable::run);
  }

  /** Posts the callbacks of one wait as events, on its thread. */
  private final class WaitEvents implements LockWaitListener {
    private final long id;
    private volatile boolean over;

    WaitEvents(long id) {
      this.id = id;
    }

    private void post(Phase phase) {
      events.accept(new EffectResult.LockWaitChanged(id, phase));
    }

    private void end() {
      over = true;
      waits.remove(id);
    }

    @Override
    public void waiting() {
      post(Phase.WAITING);
    }

    @Override
    public void lost() {
      post(Phase.AWAY);
    }

    @Override
    public void back(ServerAddress server) {
      post(Phase.BACK);
    }

    @Override
    public void granted(EventMessage granted) {
      end();
      events.accept(new EffectResult.LockWaitGranted(id, granted));
    }

    @Override
    public void refused(RuntimeException why) {
      end();
      events.accept(new EffectResult.LockWaitRefused(id, EffectResult.Refused.sentence(why)));
    }
  }
}
