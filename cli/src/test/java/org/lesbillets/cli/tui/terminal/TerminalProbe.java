package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A program that takes a real terminal over, shows what is done at it, and ends in many ways. Its
 * argument is the file it notes in what it is told; {@code deaf} behind it has it stay after a
 * hang-up.
 */
public final class TerminalProbe implements UiEvent.FromTerminal.Visitor {
  private final Path log;
  private final boolean deaf;
  private final TerminalSession session;
  private final List<String> said = new ArrayList<>();
  private boolean goesOn = true;

  private TerminalProbe(Path log, boolean deaf, TerminalSession session) {
    this.log = log;
    this.deaf = deaf;
    this.session = session;
  }

  public static void main(String[] arguments) throws InterruptedException {
    BlockingQueue<UiEvent.FromTerminal> inputs = new LinkedBlockingQueue<>();
    Path log = Path.of(arguments[0]);
    TerminalSettings settings =
        new TerminalSettings(
            TerminalTraits.of(true, System.getenv()),
            Palette.DARK,
            TerminalSettings.ESCAPE_TIMEOUT);
    try (TerminalSession session = TerminalSession.open(settings, inputs::add)) {
      TerminalProbe probe = new TerminalProbe(log, arguments.length > 1, session);
      probe.say("pid " + ProcessHandle.current().pid());
      while (probe.goesOn) {
        session.screen().draw(probe::show);
        inputs.take().accept(probe);
      }
    }
  }

  private void say(String line) {
    said.add(line);
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(Canvas canvas) {
    canvas.put(0, 0, "漢字😀é|" + canvas.columns() + "x" + canvas.rows(), Style.PLAIN.withBold());
    for (int i = 0; i < said.size(); i++) {
      canvas.put(0, 1 + i, said.get(i), Style.PLAIN);
    }
    canvas.cursor(0, canvas.rows() - 1);
  }

  @Override
  public void onPressed(UiEvent.Pressed input) {
    say(input.key().spelling());
    if (input.key().equals(Key.character('z').withCtrl())) {
      session.suspend();
      say("back");
    }
    switch (input.key().spelling()) {
      case "x" -> throw new IllegalStateException("injected");
      case "s" -> System.exit(3);
      case "e" -> say("lent " + session.lend(this::borrow));
      default -> {}
    }
    goesOn = input.key().character() != 'q';
  }

  private int borrow() {
    try {
      return new ProcessBuilder("sh", "borrower.sh").inheritIO().start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onPasted(UiEvent.Pasted input) {
    say("paste of " + input.text().length() + ": " + input.text().replace('\n', '/'));
  }

  @Override
  public void onResized(UiEvent.Resized input) {
    session.screen().resize(input.columns(), input.rows());
    say("resized");
  }

  @Override
  public void onSignal(UiEvent.Signal input) {
    switch (input) {
      case UNREADABLE -> {}
      case RESUMED -> {
        session.retake();
        say("resumed");
      }
      case END_ASKED -> {
        say("hung up");
        goesOn = deaf;
      }
    }
  }
}
