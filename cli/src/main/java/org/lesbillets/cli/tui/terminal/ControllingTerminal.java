package org.lesbillets.cli.tui.terminal;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.console.Foreground;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * The controlling terminal of the process, {@code /dev/tty}. It is read through a file descriptor
 * of this program, which another thread can close to end a blocking read: nothing polls, and the
 * next reader of the terminal loses no byte. Any thread.
 */
final class ControllingTerminal implements TerminalDevice {
  private static final File TERMINAL = new File("/dev/tty");

  @Override
  public String stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    return run(CallerEnvironment.program(command.toArray(String[]::new)).redirectInput(TERMINAL));
  }

  private static String run(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (endOf(process) != 0) {
      throw new IOException(said);
    }
    return said;
  }

  private static int endOf(Process process) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Bytes input() throws IOException {
    return new DeviceBytes(new FileInputStream(TERMINAL));
  }

  @Override
  public OutputStream output() {
    return new FileOutputStream(FileDescriptor.out);
  }

  @Override
  public boolean isOurs() {
    return Foreground.isHere(true) || !isThere();
  }

  private static boolean isThere() {
    try (FileInputStream terminal = new FileInputStream(TERMINAL)) {
      return terminal.getFD().valid();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Signals the whole process group, since a shell may wait for the script that started this
   * process.
   */
  @Override
  public void stop() throws IOException {
    run(CallerEnvironment.program("sh", "-c", "kill -s TSTP 0"));
  }

  private record DeviceBytes(FileInputStream stream) implements Bytes {
    @Override
    public int read(ByteBuffer into) throws IOException {
      FileChannel channel = stream.getChannel();
      return channel.read(into);
    }

    @Override
    public boolean ready() throws IOException {
      return stream.available() > 0;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
