package org.lesbillets.cli.tui;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.command.edit.Drafts;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.live.RemoteAsyncTicketService;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.terminal.TerminalSession;
import org.lesbillets.cli.tui.terminal.TerminalSettings;
import org.lesbillets.cli.tui.terminal.TerminalTraits;
import org.lesbillets.cli.tui.text.RemainingLocks;
import org.lesbillets.cli.tui.update.UiUpdate;

/**
 * The live view as a whole program: starts the watch, takes over the terminal, runs the event loop
 * on the calling thread, and restores the terminal, whatever ends it.
 */
public final class TuiProgram {
  private final Dependencies dependencies;
  private final UiSettings settings;
  private final UiQueue queue = new UiQueue();
  private final AtomicInteger code = new AtomicInteger();

  /**
   * The program's surroundings.
   *
   * @param colour whether tones are painted
   * @param palette the colours of the tones
   * @param escapeTimeout the timeout after which a lone Escape is a key
   */
  public record Dependencies(
      ClientSettings connection,
      Drafts drafts,
      Editor editor,
      VerbRunner verbs,
      Map<String, String> environment,
      Console console,
      boolean colour,
      Palette palette,
      Duration escapeTimeout) {}

  public TuiProgram(Dependencies dependencies, UiSettings settings) {
    this.dependencies = dependencies;
    this.settings = settings;
  }

  /**
   * Runs until the user quits, a signal arrives, or the terminal hangs up.
   *
   * @return the exit code: 0, or 128 and the number of the signal
   */
  public int run() {
    TypedDrafts drafts = new TypedDrafts(dependencies.drafts());
    ExternalEditor editor =
        new ExternalEditor(dependencies.editor(), dependencies.drafts().folder(), System::nanoTime);
    UiModel model;
    try (AsyncTicketService service = new RemoteAsyncTicketService(dependencies.connection())) {
      model = run(service, drafts, editor);
    } finally {
      queue.close();
    }
    // Closing the service has completed what was under way: the last results are in the queue.
    for (UiEvent event : queue.drain()) {
      model = UiUpdate.update(model, event, now()).model();
    }
    RemainingLocks.sentence(model).ifPresent(dependencies.console()::say);
    tellOf(drafts.left());
    tellOf(editor.left());
    return code.get();
  }

  private Now now() {
    return new Now(System.nanoTime(), dependencies.drafts().clock().instant());
  }

  private UiModel run(AsyncTicketService service, TypedDrafts drafts, ExternalEditor editor) {
    TerminalTraits traits =
        TerminalTraits.of(true, dependencies.environment()).withColour(dependencies.colour());
    TerminalSettings terminal =
        new TerminalSettings(traits, dependencies.palette(), dependencies.escapeTimeout());
    service.watch(queue::put);
    endOn("TERM", 15);
    endOn("HUP", 1);
    endOn("INT", 2);
    try (TerminalSession session = TerminalSession.open(terminal, queue::put)) {
      Clock wall = dependencies.drafts().clock();
      TuiLoop.Time time = new TuiLoop.Time(System::nanoTime, wall, service::lastReceivedNanos);
      UiModel model = UiModel.of(settings, time.now());
      Glyphs glyphs = traits.utf8() ? Glyphs.UNICODE : Glyphs.ASCII;
      TuiLoop loop =
          new TuiLoop(model, queue, new TuiLoop.Dependencies(session, glyphs, editor, time));
      EffectRunner.Dependencies services =
          new EffectRunner.Dependencies(service, drafts, dependencies.verbs());
      try (EffectRunner effects = new EffectRunner(services, loop, queue::put)) {
        loop.run(effects);
      }
      return loop.model();
    }
  }

  /** Ends the view in order on a signal. */
  private void endOn(String signal, int number) {
    Signals.register(
        signal,
        () -> {
          code.compareAndSet(0, 128 + number);
          queue.put(UiEvent.Signal.END_ASKED);
        });
  }

  private void tellOf(List<Path> left) {
    left.forEach(
        path -> dependencies.console().say("What you typed and did not send is kept: " + path));
  }
}
