package org.lesbillets.server.unix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The users and groups of this machine, from wherever it has them (files, LDAP): asked by child
 * processes, since only those can be ended when a directory server does not answer. Stateless; any
 * thread that may block for {@link #DEADLINE}.
 */
public final class NameService {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /** Above the answer for as many groups as the kernel allows. */
  private static final int MAX_BYTES = 1024 * 1024;

  private NameService() {}

  /**
   * The number of a group.
   *
   * @return empty if there is no such group
   * @throws IOException if there was no answer in time
   */
  public static OptionalLong groupId(String name) throws IOException {
    String[] entry = answer(List.of("getent", "group", "--", name)).strip().split(":");
    return entry.length < 3 ? OptionalLong.empty() : OptionalLong.of(number(entry[2]));
  }

  /**
   * The numbers of all groups of a user, as they are now.
   *
   * @return empty if there is no such user
   * @throws IOException if there was no answer in time
   */
  static Set<Long> groupsOf(String user) throws IOException {
    String answer = answer(List.of("id", "-G", "--", user)).strip();
    if (answer.isEmpty()) {
      return Set.of();
    }
    return Arrays.stream(answer.split("\\s+")).map(NameService::number).collect(Collectors.toSet());
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("a name service gave '" + text + "' for a number", e);
    }
  }

  /** What a command prints; nothing when it fails. */
  private static String answer(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    Process child = builder.start();
    Executor afterDeadline =
        CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> kill =
        CompletableFuture.runAsync(child::destroyForcibly, afterDeadline);
    try (InputStream out = child.getInputStream()) {
      child.getOutputStream().close();
      byte[] bytes = out.readNBytes(MAX_BYTES);
      int code = child.waitFor();
      if (code > 128) {
        throw new IOException(command.get(0) + " did not answer in time");
      }
      return code == 0 ? new String(bytes, UTF_8) : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      kill.cancel(false);
      child.destroyForcibly();
    }
  }
}
