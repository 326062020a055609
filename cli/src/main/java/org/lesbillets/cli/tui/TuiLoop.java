package org.lesbillets.cli.tui;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.terminal.FrameScreen;
import org.lesbillets.cli.tui.terminal.TerminalSession;
import org.lesbillets.cli.tui.update.UiUpdate;
import org.lesbillets.cli.tui.update.Update;

/**
 * The event loop of the live view: takes an event from the queue, updates the model, hands the
 * effects to their executor, and draws, at most 30 frames a second. Its thread is the only one that
 * touches the model and the screen.
 *
 * <pre>
 *   UiQueue -> UiUpdate -> effects -> EffectRunner
 *                  |
 *                model  -> ScreenRenderer -> FrameScreen
 * </pre>
 *
 * <p>The latency of a key is bounded by {@value #AT_ONCE} events and one frame, however many events
 * of the watch are queued. While an external editor has the terminal nothing is drawn.
 */
final class TuiLoop implements EffectRunner.LoopEffects {
  private static final int AT_ONCE = 256;
  private static final long TICK_NANOS = Duration.ofMillis(200).toNanos();

  /** What the loop runs with. */
  record Dependencies(TerminalSession terminal, Glyphs glyphs, ExternalEditor editor, Time time) {}

  /**
   * The clocks of the view.
   *
   * @param nanos monotonic
   * @param heardNanos when the last bytes from the server arrived, on the monotonic clock
   */
  record Time(LongSupplier nanos, Clock wall, LongSupplier heardNanos) {
    Now now() {
      return new Now(nanos.getAsLong(), wall.instant());
    }
  }

  private UiModel model;
  private final UiQueue queue;
  private final TerminalSession terminal;
  private final FrameScreen screen;
  private final ScreenRenderer renderer;
  private final ExternalEditor editor;
  private final Time time;
  private EffectRunner effects;
  private boolean ended;
  private boolean lent;
  private final FrameLimiter limiter;
  private long tickedNanos;

  TuiLoop(UiModel model, UiQueue queue, Dependencies dependencies) {
    this.model = model;
    this.queue = queue;
    this.terminal = dependencies.terminal();
    this.screen = terminal.screen();
    this.renderer = new ScreenRenderer(dependencies.glyphs());
    this.editor = dependencies.editor();
    this.time = dependencies.time();
    tickedNanos = nanos();
    limiter = new FrameLimiter(tickedNanos);
  }

  /** Runs until a quit effect, or an interrupt of its thread. */
  void run(EffectRunner effects) {
    this.effects = effects;
    take(new UiEvent.Resized(screen.columns(), screen.rows()));
    try {
      while (!ended) {
        iterate();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The model as it is now. */
  UiModel model() {
    return model;
  }

  private void iterate() throws InterruptedException {
    UiEvent event = queue.take(Duration.ofNanos(Math.max(0, untilDue())));
    for (int i = 0; event != null && !ended; i++) {
      take(event);
      event = i < AT_ONCE ? queue.take(Duration.ZERO) : null;
    }
    if (untilTick() <= 0) {
      tickedNanos = nanos();
      take(new UiEvent.Tick(time.heardNanos().getAsLong()));
    }
    if (!lent && !ended && limiter.untilDue(nanos()) <= 0) {
      draw();
    }
  }

  private long nanos() {
    return time.nanos().getAsLong();
  }

  /**
   * Nanoseconds until the next tick: the usual interval, or sooner when a notice of waiting is due.
   */
  private long untilTick() {
    long now = nanos();
    long notice = model.untilWaitingShown();
    long usual = tickedNanos + TICK_NANOS - now;
    return notice == Long.MAX_VALUE ? usual : Math.min(usual, model.now().nanos() + notice - now);
  }

  private long untilDue() {
    return lent ? untilTick() : Math.min(untilTick(), limiter.untilDue(nanos()));
  }

  private void take(UiEvent event) {
    if (event instanceof UiEvent.Resized resized && isOther(resized)) {
      screen.resize(resized.columns(), resized.rows());
    }
    if (event instanceof EffectResult.Edited) {
      lent = false;
    } else if (event == UiEvent.Signal.RESUMED && !lent) {
      terminal.retake();
    }
    limiter.changed(isAwaited(event));
    Update update = UiUpdate.update(model, event, time.now());
    model = update.model();
    effects.perform(update.effects());
  }

  /**
   * Whether the user waits to see this event's result: all but those of the watch and of the clock.
   */
  private static boolean isAwaited(UiEvent event) {
    return !(event instanceof WatchEvent || event instanceof UiEvent.Tick);
  }

  private boolean isOther(UiEvent.Resized size) {
    return size.columns() != screen.columns() || size.rows() != screen.rows();
  }

  private void draw() {
    long begun = nanos();
    limiter.drawn(begun, screen.draw(canvas -> renderer.draw(model, canvas)));
  }

  @Override
  public void edit(Effect.Edit effect) {
    lent = true;
    editor.edit(effect, terminal::lend, queue::put);
  }

  @Override
  public void command(Effect.LoopCommand command) {
    switch (command) {
      case BELL -> screen.bell();
      case SUSPEND -> {
        terminal.suspend();
        limiter.changed(true);
      }
      case REPAINT -> {
        screen.repaint();
        limiter.changed(true);
      }
      case QUIT -> ended = true;
    }
  }

  @Override
  public int columns() {
    return screen.columns();
  }
}
