package org.lesbillets.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a terminal of 80 columns and 24 rows, which the util-linux command script makes. Its
 * output is kept as it comes, and can be waited for. Keys by one thread, one other reads.
 */
final class ScreenProgram implements AutoCloseable {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[^@-~]*[@-~]");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final StringBuilder written = new StringBuilder();
  private final long startedNanos;

  ScreenProgram(List<String> command, Map<String, String> environment) throws IOException {
    String line = "stty rows 24 cols 80; exec " + String.join(" ", command);
    ProcessBuilder builder = new ProcessBuilder("script", "-qfec", line, "/dev/null");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().putAll(environment);
    startedNanos = System.nanoTime();
    process = builder.redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "screen-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] bytes = new byte[65_536];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        synchronized (written) {
          // Byte by byte: a character may be cut in two, and is looked for as bytes, too.
          written.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
          written.notifyAll();
        }
      }
    } catch (IOException e) {
      // The terminal is gone with the program.
    }
  }

  /** How long ago it was started. */
  double millis() {
    return (System.nanoTime() - startedNanos) / 1e6;
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Forgets what was written so far. */
  void forget() {
    synchronized (written) {
      written.setLength(0);
    }
  }

  /**
   * What was written since it was last forgotten, with a space in place of each control sequence,
   * which often does the work of one.
   */
  String written() {
    byte[] bytes;
    synchronized (written) {
      bytes = written.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
    return SEQUENCE.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll(" ");
  }

  /** Waits until this was written. */
  void await(String text) throws IOException {
    String wanted = bytes(text);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    synchronized (written) {
      while (written.indexOf(wanted) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("waited in vain for " + text + " in " + written());
        }
        waitFor(left);
      }
    }
  }

  private void waitFor(long millis) {
    try {
      written.wait(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void press(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The most memory it had at once, in MiB. */
  double peakMebibytes() throws IOException {
    ProcessHandle java =
        process
            .descendants()
            .filter(one -> one.info().command().orElse("").endsWith("java"))
            .findFirst()
            .orElseThrow(() -> new IOException("no virtual machine runs in the terminal"));
    Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + java.pid() + "/status")));
    if (!peak.find()) {
      throw new IOException("the system does not tell how much memory a process has");
    }
    return Long.parseLong(peak.group(1)) / 1024.0;
  }

  /** Processor seconds it has used. */
  double processorSeconds() {
    return process
        .descendants()
        .flatMap(one -> one.info().totalCpuDuration().stream())
        .mapToDouble(used -> used.toNanos() / 1e9)
        .sum();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
