package org.lesbillets.cli.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.client.StallingProxy;

/** A {@code billets watch} in a process of its own; its output is read as it grows. One thread. */
final class PrintingClient implements CutClient {
  private static final Pattern EVENT =
      Pattern.compile("^\\{\"type\":\"\\w+\",\"revision\":([0-9]+),");

  private final StallingProxy proxy;
  private final SoakProcess process;
  private final Path out;
  private final List<Long> revisions = new ArrayList<>();
  private long read;
  private int reloads;

  /**
   * @param out the file of its standard output
   */
  PrintingClient(StallingProxy proxy, SoakProcess process, Path out) {
    this.proxy = proxy;
    this.process = process;
    this.out = out;
  }

  private void readOn() {
    try (RandomAccessFile file = new RandomAccessFile(out.toFile(), "r")) {
      file.seek(read);
      byte[] bytes = new byte[(int) Math.min(file.length() - read, 1 << 24)];
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n') + 1;
      read += end;
      text.substring(0, end).lines().forEach(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    Matcher event = EVENT.matcher(line);
    if (event.find()) {
      revisions.add(Long.parseLong(event.group(1)));
    } else {
      reloads++;
    }
  }

  @Override
  public StallingProxy proxy() {
    return proxy;
  }

  @Override
  public long lastRevision() {
    readOn();
    return revisions.isEmpty() ? 0 : revisions.get(revisions.size() - 1);
  }

  @Override
  public List<Long> revisions() {
    return revisions;
  }

  @Override
  public int reloads() {
    return reloads;
  }

  @Override
  public void close() {
    process.close();
    readOn();
    proxy.close();
  }
}
