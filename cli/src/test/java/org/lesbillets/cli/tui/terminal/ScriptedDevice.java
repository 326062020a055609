package org.lesbillets.cli.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device in memory, which notes in order what is asked of it; any thread. */
final class ScriptedDevice implements TerminalDevice {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private volatile Pipe typing;
  private volatile String size = "24 80";
  private volatile boolean ours = true;
  private volatile boolean dead;
  private volatile Runnable stopped = () -> {};

  @Override
  public String stty(String... arguments) throws IOException {
    if (dead) {
      throw new IOException("No such device or address");
    }
    log.add("stty " + String.join(" ", arguments));
    return switch (arguments[0]) {
      case "-g" -> "1:2:3";
      case "size" -> size;
      default -> "";
    };
  }

  @Override
  public Bytes input() throws IOException {
    log.add("read");
    Pipe pipe = Pipe.open();
    typing = pipe;
    return new Bytes() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        return pipe.source().read(into);
      }

      @Override
      public boolean ready() {
        return false;
      }

      @Override
      public void close() throws IOException {
        log.add("read no more");
        pipe.source().close();
      }
    };
  }

  @Override
  public OutputStream output() {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        log.add(toString(StandardCharsets.UTF_8).replace('\u001b', '␛'));
        reset();
      }
    };
  }

  @Override
  public boolean isOurs() {
    return ours;
  }

  @Override
  public void stop() {
    log.add("stop");
    stopped.run();
  }

  void type(String text) {
    try {
      typing.sink().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError("nobody reads", e);
    }
  }

  void die() {
    dead = true;
  }

  void hangUp() {
    die();
    endInput();
  }

  /** As Ctrl-D does in the usual modes. */
  void endInput() {
    try {
      typing.sink().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void resize(int columns, int rows) {
    size = rows + " " + columns;
  }

  void size(String said) {
    size = said;
  }

  void ours(boolean now) {
    ours = now;
  }

  /** What happens while the process is stopped. */
  void whileStopped(Runnable doing) {
    stopped = doing;
  }

  /** What was asked since this was called last. */
  List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }
}
