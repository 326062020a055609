package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The signals that speak of the terminal: it has another size, or the process goes on after it was
 * stopped. They come on threads of their own. A terminal that is resized with the mouse says so
 * often; it is asked by one thread at a time.
 */
final class TerminalSignals implements AutoCloseable {
  private static final String RESIZED = "WINCH";
  private static final String RESUMED = "CONT";

  private final TtyModes modes;
  private final Consumer<UiEvent.FromTerminal> told;
  private final AtomicInteger resizes = new AtomicInteger();
  private final Map<String, Object> before = new ConcurrentHashMap<>();

  TerminalSignals(TtyModes modes, Consumer<UiEvent.FromTerminal> told) {
    this.modes = modes;
    this.told = told;
  }

  void open() {
    catches(RESIZED, this::resized);
    catches(RESUMED, () -> told.accept(new UiEvent.Resumed()));
  }

  private void catches(String name, Runnable handler) {
    before.put(name, Signals.register(name, handler));
  }

  private void resized() {
    if (resizes.getAndIncrement() > 0) {
      return;
    }
    int answered;
    do {
      answered = resizes.get();
      ask();
    } while (!resizes.compareAndSet(answered, 0));
  }

  private void ask() {
    try {
      told.accept(modes.size());
    } catch (IOException e) {
      // A terminal that does not say how large it is has no new size.
    }
  }

  @Override
  public void close() {
    before.keySet().forEach(name -> Signals.unregister(name, before.remove(name)));
  }
}
