package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * A terminal taken over for the live view, and restored to the state it was found in.
 *
 * <pre>
 *           open           lend, suspend
 *   FOUND --------> TAKEN <--------------> LENT
 *                   |   ^ |  it returned    |
 *            retake +---+ | close, hook     | close, hook
 *                         v                 v
 *                       CLOSED <------------+
 * </pre>
 *
 * <p>A terminal that hangs up is reported once, as the last event. The shutdown hook restores the
 * terminal when the process has to end, whatever the other threads do.
 *
 * <p>Methods are called by the thread that draws, {@link #close} by any. Input and signals are
 * reported on other threads, by a callback that must not block.
 */
public final class TerminalSession implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final TerminalDevice device;
  private final Consumer<UiEvent.FromTerminal> events;
  private final TtyModes modes;
  private final BilletsTerminal terminal;
  private final FrameScreen screen;
  private final InputReader reader;
  private final TerminalSignals signals;
  private final Thread hook = new Thread(this::closeInTime, "terminal-restore");
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Object monitor = new Object();
  private volatile boolean closed;
  private volatile boolean taken;

  /**
   * Takes the terminal over.
   *
   * @param events gets input and signals; must not block; nothing follows {@link
   *     UiEvent.Signal#END_ASKED}
   * @throws NoTerminalException if there is none, or it cannot be taken over
   */
  public static TerminalSession open(
      TerminalSettings settings, Consumer<UiEvent.FromTerminal> events) {
    if (!settings.traits().present()) {
      throw new NoTerminalException("standard input and output are not a terminal");
    }
    return open(new ControllingTerminal(), settings, events);
  }

  static TerminalSession open(
      TerminalDevice device, TerminalSettings settings, Consumer<UiEvent.FromTerminal> events) {
    try {
      TtyModes modes = TtyModes.of(device);
      TerminalSession session = new TerminalSession(device, modes, settings, events);
      session.begin();
      return session;
    } catch (IOException e) {
      throw new NoTerminalException("the terminal cannot be taken over: " + e.getMessage(), e);
    }
  }

  private TerminalSession(
      TerminalDevice device,
      TtyModes modes,
      TerminalSettings settings,
      Consumer<UiEvent.FromTerminal> events)
      throws IOException {
    this.device = device;
    this.modes = modes;
    this.events = events;
    Charset charset = settings.traits().charset();
    UiEvent.Resized size = modes.size();
    terminal =
        new BilletsTerminal(
            new FrameOutput(device.output(), this::lose),
            charset,
            new TerminalSize(size.columns(), size.rows()));
    screen = new FrameScreen(terminal, settings.painted());
    KeyDecoder decoder = new KeyDecoder(settings.escapeTimeout(), charset, this::report);
    reader = new InputReader(device, decoder, this::lose);
    signals = new TerminalSignals(modes, this::reportSignal);
  }

  private void begin() throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      synchronized (monitor) {
        taken = true;
        modes.keyByKey();
        screen.start();
        reader.start();
      }
      signals.open();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void report(UiEvent.FromTerminal input) {
    if (!gone.get()) {
      events.accept(input);
    }
  }

  /** Dropped while the terminal is lent: taking it again reads its size anyway. */
  private void reportSignal(UiEvent.FromTerminal input) {
    if (taken) {
      report(input);
    }
  }

  private void lose() {
    if (!closed && gone.compareAndSet(false, true)) {
      events.accept(UiEvent.Signal.END_ASKED);
    }
  }

  /** The screen to draw on. */
  public FrameScreen screen() {
    return screen;
  }

  /**
   * Stops the process group as Ctrl-Z does, with the terminal restored, and takes it over again
   * when the process continues in the foreground. The next frame is written in full.
   */
  public void suspend() {
    lend(
        () -> {
          try {
            device.stop();
          } catch (IOException e) {
            // Without job control the process just continues.
          }
          return null;
        });
  }

  /**
   * Lends the terminal to another program, which gets all input until it returns. The next frame is
   * written in full.
   */
  public <T> T lend(Supplier<T> borrower) {
    giveBack();
    try {
      return borrower.get();
    } finally {
      awaitForeground();
      takeAgain();
    }
  }

  /**
   * Takes the terminal again after {@link UiEvent.Signal#RESUMED}. The next frame is written in
   * full.
   */
  public void retake() {
    awaitForeground();
    synchronized (monitor) {
      if (taken) {
        reader.stop();
        takeAgain();
      }
    }
  }

  private void awaitForeground() {
    while (!closed && !device.isOurs()) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private void takeAgain() {
    synchronized (monitor) {
      if (closed || gone.get()) {
        return;
      }
      taken = true;
      try {
        modes.keyByKey();
        terminal.enterPrivateMode();
        takeSize(modes.size());
        reader.start();
      } catch (IOException e) {
        lose();
      }
    }
  }

  private void takeSize(UiEvent.Resized size) {
    boolean other = size.columns() != screen.columns() || size.rows() != screen.rows();
    screen.resize(size.columns(), size.rows());
    if (other) {
      report(size);
    }
  }

  private void giveBack() {
    synchronized (monitor) {
      if (!taken) {
        return;
      }
      taken = false;
      reader.stop();
      terminal.exitPrivateMode();
      try {
        modes.restore();
      } catch (IOException e) {
        // The terminal is gone: nothing to restore.
      }
    }
  }

  /** Restores the terminal; idempotent, any thread. */
  @Override
  public void close() {
    closed = true;
    giveBack();
    signals.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook at work.
    }
  }

  /** The shutdown hook: with a timeout, since a stopped terminal may block the restoring writes. */
  private void closeInTime() {
    Thread closing = new Thread(this::close, "terminal-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
