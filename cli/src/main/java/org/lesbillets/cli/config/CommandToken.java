package org.lesbillets.cli.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.TokenSource;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.cli.text.Durations;

/**
 * A token that a child process prints. It runs once, when a token is first needed; its standard
 * input is empty, its standard error is shown. Thread-safe; blocks for at most a minute, the time
 * to type a passphrase.
 */
final class CommandToken implements TokenSource {
  /** A minute: a passphrase may have to be typed. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_BYTES = 1 << 16;

  private final TokenProgram command;
  private final String origin;
  private final Duration patience;
  private String token;

  /**
   * @param origin who names the command, as in "the token_command of the context 'work'"
   */
  CommandToken(TokenProgram command, String origin, Duration patience) {
    this.command = command;
    this.origin = origin;
    this.patience = patience;
  }

  @Override
  public synchronized String token() {
    if (token == null) {
      String first = run().lines().findFirst().orElse("").strip();
      if (first.isEmpty()) {
        throw Tokens.missing(origin + " printed nothing: run it by hand and see", null);
      }
      token = Tokens.checked(first, "what " + origin + " printed");
    }
    return token;
  }

  @Override
  public TokenSource within(Duration bound) {
    return bound.compareTo(patience) < 0 ? new CommandToken(command, origin, bound) : this;
  }

  @Override
  public String identity() {
    return "command " + command.argv();
  }

  private String run() {
    Process process = start();
    long deadline = System.nanoTime() + patience.toNanos();
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> printed(process));
    try {
      String text = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      if (process.exitValue() != 0) {
        throw Tokens.missing(
            origin + " failed with code " + process.exitValue() + ": run it by hand and see", null);
      }
      return text;
    } catch (TimeoutException e) {
      throw Tokens.missing(
          origin
              + " did not end within "
              + Durations.inSentence(patience)
              + ": run it by hand and see",
          e);
    } catch (ExecutionException e) {
      throw Tokens.missing("what " + origin + " prints cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Tokens.missing(origin + " was interrupted", e);
    } finally {
      end(process);
    }
  }

  private Process start() {
    try {
      return CallerEnvironment.program(command.argv().toArray(String[]::new))
          .redirectInput(new File("/dev/null"))
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw Tokens.missing(origin + " cannot be run: " + e.getMessage(), e);
    }
  }

  private static String printed(Process process) {
    try (InputStream out = process.getInputStream()) {
      return new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process) {
    if (process.isAlive()) {
      // A shell that outlives its child would report on standard error that it was killed.
      List<ProcessHandle> below = process.descendants().toList();
      process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
