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
 * A terminal that was taken over, and is given back as it was found: at the end, for a while, or in
 * an emergency. A hook of the virtual machine gives it back when the process is told to end, and
 * when somebody forgot to.
 *
 * <p>The thread that draws calls; {@link #close} any thread. What was done at the terminal is told
 * on other threads, which must not be kept waiting.
 */
public final class TerminalSession implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final TerminalDevice device;
  private final Consumer<UiEvent.FromTerminal> told;
  private final TtyModes modes;
  private final BilletsTerminal terminal;
  private final FrameScreen screen;
  private final InputReader reader;
  private final TerminalSignals signals;
  private final Thread hook = new Thread(this::closeInTime, "terminal-restore");
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Object turn = new Object();
  private volatile boolean closed;
  private volatile boolean taken;

  /**
   * Takes the terminal over.
   *
   * @param told gets what is done at it; must not wait, and gets nothing after {@link
   *     UiEvent.EndAsked}
   * @throws NoTerminalException if there is none, or it cannot be taken over
   */
  public static TerminalSession open(
      TerminalSettings settings, Consumer<UiEvent.FromTerminal> told) {
    if (!settings.traits().present()) {
      throw new NoTerminalException("standard input and output are not a terminal");
    }
    return open(new ControllingTerminal(), settings, told);
  }

  static TerminalSession open(
      TerminalDevice device, TerminalSettings settings, Consumer<UiEvent.FromTerminal> told) {
    try {
      TtyModes modes = TtyModes.of(device);
      TerminalSession session = new TerminalSession(device, modes, settings, told);
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
      Consumer<UiEvent.FromTerminal> told)
      throws IOException {
    this.device = device;
    this.modes = modes;
    this.told = told;
    Charset charset = settings.traits().charset();
    UiEvent.Resized size = modes.size();
    terminal =
        new BilletsTerminal(
            new FrameOutput(device.output(), this::lose),
            charset,
            new TerminalSize(size.columns(), size.rows()));
    screen = new FrameScreen(terminal, settings.painted());
    KeyDecoder decoder = new KeyDecoder(settings.escapeTimeout(), charset, this::tell);
    reader = new InputReader(device, decoder, this::lose);
    signals = new TerminalSignals(modes, this::tellSignal);
  }

  private void begin() throws IOException {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      synchronized (turn) {
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

  private void tell(UiEvent.FromTerminal input) {
    if (!gone.get()) {
      told.accept(input);
    }
  }

  /** Only while the terminal is ours: whoever takes it again looks at it anyhow. */
  private void tellSignal(UiEvent.FromTerminal input) {
    if (taken) {
      tell(input);
    }
  }

  private void lose() {
    if (!closed && gone.compareAndSet(false, true)) {
      told.accept(new UiEvent.EndAsked());
    }
  }

  /** Where to draw. */
  public FrameScreen screen() {
    return screen;
  }

  /**
   * Stops the process as Ctrl-Z does, with the terminal as it was found, and takes it over again
   * when the process goes on in the foreground. The next frame is a full one.
   */
  public void suspend() {
    lend(
        () -> {
          try {
            device.stop();
          } catch (IOException e) {
            // Without a shell to say so, it just goes on.
          }
          return null;
        });
  }

  /**
   * Gives the terminal back for as long as something else runs on it, which gets all that is typed
   * meanwhile. The next frame is a full one.
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

  /** Takes the terminal anew, after {@link UiEvent.Resumed}. The next frame is a full one. */
  public void retake() {
    awaitForeground();
    synchronized (turn) {
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
    synchronized (turn) {
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
      tell(size);
    }
  }

  private void giveBack() {
    synchronized (turn) {
      if (!taken) {
        return;
      }
      taken = false;
      reader.stop();
      terminal.exitPrivateMode();
      try {
        modes.restore();
      } catch (IOException e) {
        // It is gone: there is nothing to be restored.
      }
    }
  }

  /** Gives the terminal back for good; once, however often it is called. */
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

  /** On its own thread: a terminal that takes nothing must not keep the process from its end. */
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
