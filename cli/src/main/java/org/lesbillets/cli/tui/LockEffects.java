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
 * The effects that are about locks, with the leases and the waits of the view: as many as a person
 * has asked for. Called by the thread of the live view; callbacks run on those of the service.
 */
final class LockEffects {
  private static final String NOTE = "editing";

  private final AsyncTicketService service;
  private final Consumer<UiEvent> events;
  private final Map<Long, HeldLease> leases = new ConcurrentHashMap<>();

  /** What leaves the wait queue, by the id of the effect that entered it. */
  private final Map<Long, Runnable> waits = new ConcurrentHashMap<>();

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

  void stand(Effect.WaitForLock effect) {
    WaitEvents listener = new WaitEvents(effect.id());
    waits.put(effect.id(), service.waitInLine(effect.lock(), listener));
    if (listener.over) {
      // The wait ended before it was noted.
      waits.remove(effect.id());
    }
  }

  void leave(long id) {
    Runnable leaving = waits.remove(id);
    if (leaving != null) {
      leaving.run();
    }
  }

  void leaveAll() {
    waits.values().forEach(Runnable::run);
  }

  /** Makes events of the callbacks of one wait, on its thread. */
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
