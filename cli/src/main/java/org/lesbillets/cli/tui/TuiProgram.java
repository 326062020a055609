package org.lesbillets.cli.tui;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.edit.Drafts;
import org.lesbillets.cli.edit.Editor;
import org.lesbillets.cli.output.Console;
import org.lesbillets.cli.tui.live.LiveDesk;
import org.lesbillets.cli.tui.live.RemoteLiveDesk;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.terminal.TerminalSession;
import org.lesbillets.cli.tui.terminal.TerminalSettings;
import org.lesbillets.cli.tui.terminal.TerminalTraits;
import org.lesbillets.cli.tui.update.RemainingLocks;
import org.lesbillets.cli.tui.update.UiEvent;
import org.lesbillets.cli.tui.update.UiModel;
import org.lesbillets.cli.tui.update.UiUpdate;

/**
 * The live view as a program: takes the terminal, watches the desk, runs the loop on the calling
 * thread, and leaves the terminal as it was, whatever ends it.
 */
public final class TuiProgram {
  private final Surroundings surroundings;
  private final UiSettings settings;
  private final UiQueue queue = new UiQueue();
  private final AtomicInteger code = new AtomicInteger();

  /**
   * What of the world it touches.
   *
   * @param colour whether it is wanted
   * @param palette the colours of the tones
   * @param escapeTimeout how long the rest of a key's sequence may take behind Escape
   */
  public record Surroundings(
      ClientSettings connection,
      Drafts drafts,
      Editor editor,
      VerbRunner verbs,
      Map<String, String> environment,
      Console console,
      boolean colour,
      Palette palette,
      Duration escapeTimeout) {}

  public TuiProgram(Surroundings surroundings, UiSettings settings) {
    this.surroundings = surroundings;
    this.settings = settings;
  }

  /**
   * Runs until somebody leaves.
   *
   * @return what to end with: 0, or 128 and the number of the signal that ended it
   */
  public int run() {
    TypedDrafts drafts = new TypedDrafts(surroundings.drafts());
    UiModel model;
    try (LiveDesk desk = new RemoteLiveDesk(surroundings.connection())) {
      model = run(desk, drafts);
    } finally {
      queue.close();
    }
    // What was still under way has come to its end with the desk.
    queue.drain(event -> UiUpdate.update(model, event, now()));
    RemainingLocks.sentence(model).ifPresent(surroundings.console()::say);
    tellOf(drafts.left());
    return code.get();
  }

  private Now now() {
    return new Now(System.nanoTime(), surroundings.drafts().clock().instant());
  }

  private UiModel run(LiveDesk desk, TypedDrafts drafts) {
    TerminalTraits traits =
        TerminalTraits.of(true, surroundings.environment()).withColour(surroundings.colour());
    TerminalSettings terminal =
        new TerminalSettings(traits, surroundings.palette(), surroundings.escapeTimeout());
    desk.watch(queue::putNews);
    endOn("TERM", 15);
    endOn("HUP", 1);
    endOn("INT", 2);
    try (TerminalSession session = TerminalSession.open(terminal, new TerminalEar(queue))) {
      Clock wall = surroundings.drafts().clock();
      TuiLoop.Time time = new TuiLoop.Time(System::nanoTime, wall, desk::heardAtNanos);
      UiModel model = new UiModel(settings, time.now());
      EditorRoom editors = new EditorRoom(surroundings.editor(), surroundings.drafts().folder());
      Glyphs glyphs = traits.utf8() ? Glyphs.UNICODE : Glyphs.ASCII;
      Display display = new TerminalDisplay(session);
      TuiLoop loop = new TuiLoop(model, queue, new TuiLoop.Outside(display, glyphs, editors, time));
      Performer.Surroundings performing =
          new Performer.Surroundings(desk, drafts, surroundings.verbs());
      try (Performer performer = new Performer(performing, loop, queue::put)) {
        loop.run(performer);
      }
      return model;
    }
  }

  /** A signal ends the view in order. */
  private void endOn(String signal, int number) {
    Signals.register(
        signal,
        () -> {
          code.compareAndSet(0, 128 + number);
          queue.put(new UiEvent.EndAsked());
        });
  }

  private void tellOf(List<Path> left) {
    left.forEach(
        path -> surroundings.console().say("What you typed and did not send is kept: " + path));
  }
}
