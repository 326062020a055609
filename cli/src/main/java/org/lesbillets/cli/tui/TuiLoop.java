package org.lesbillets.cli.tui;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.terminal.FrameScreen;
import org.lesbillets.cli.tui.terminal.TerminalSession;
import org.lesbillets.cli.tui.update.Effect;
import org.lesbillets.cli.tui.update.UiUpdate;
import org.lesbillets.cli.tui.update.Update;

/**
 * The loop of the live view: takes an event, updates the model, has the effects carried out, and
 * draws, at most 30 times a second. Its thread is the only one that touches the model and the
 * display. However many news wait, a key waits for no more than {@value #AT_ONCE} of them and a
 * frame.
 */
final class TuiLoop implements EffectRunner.Stage {
  private static final int AT_ONCE = 256;
  private static final long TICK_NANOS = Duration.ofMillis(200).toNanos();

  /** What the loop is given by whoever makes it. */
  record Dependencies(TerminalSession terminal, Glyphs glyphs, ExternalEditor editor, Time time) {}

  /**
   * The clocks.
   *
   * @param nanos the one that never jumps
   * @param heardNanos when the server was last heard of, on that clock
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

  /** Runs until an effect ends it, or its thread is interrupted. */
  void run(EffectRunner effects) {
    this.effects = effects;
    take(new UiEvent.Resized(screen.columns(), screen.rows()));
    try {
      while (!ended) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The model as it is now. */
  UiModel model() {
    return model;
  }

  private void turn() throws InterruptedException {
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

  /** Soon enough for all that time brings about, and when what one waits for is to be told. */
  private long untilTick() {
    long now = nanos();
    long told = model.untilWaitingShown();
    long usual = tickedNanos + TICK_NANOS - now;
    return told == Long.MAX_VALUE ? usual : Math.min(usual, model.now().nanos() + told - now);
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
    } else if (event instanceof UiEvent.Resumed && !lent) {
      terminal.retake();
    }
    limiter.changed(isAwaited(event));
    Update update = UiUpdate.update(model, event, time.now());
    model = update.model();
    effects.perform(update.effects());
  }

  /** Whether somebody waits to see this: all but what the desk tells and time brings about. */
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
  public void bell() {
    screen.bell();
  }

  @Override
  public void suspend() {
    terminal.suspend();
    limiter.changed(true);
  }

  @Override
  public void repaint() {
    screen.repaint();
    limiter.changed(true);
  }

  @Override
  public void quit() {
    ended = true;
  }

  @Override
  public int columns() {
    return screen.columns();
  }
}
