package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The handlers of the terminal's signals: SIGWINCH (resized) and SIGCONT (the process continues).
 * They run on threads of the virtual machine. A burst of SIGWINCH, as from a mouse, is coalesced:
 * one thread at a time asks for the size, until no signal is pending.
 */
final class TerminalSignals implements AutoCloseable {
  private static final String RESIZED = "WINCH";
  private static final String RESUMED = "CONT";

  private final TtyModes modes;
  private final Consumer<UiEvent.FromTerminal> events;
  private final AtomicInteger resizes = new AtomicInteger();
  private final Map<String, Object> before = new ConcurrentHashMap<>();

  TerminalSignals(TtyModes modes, Consumer<UiEvent.FromTerminal> events) {
    this.modes = modes;
    this.events = events;
  }

  void open() {
    catches(RESIZED, this::resized);
    catches(RESUMED, () -> events.accept(UiEvent.Signal.RESUMED));
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
      events.accept(modes.size());
    } catch (IOException e) {
      // A terminal that cannot be asked has no new size.
    }
  }

  @Override
  public void close() {
    before.keySet().forEach(name -> Signals.unregister(name, before.remove(name)));
  }
}
