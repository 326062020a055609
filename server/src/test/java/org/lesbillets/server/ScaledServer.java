package org.lesbillets.server;

import java.io.IOException;
import java.time.Duration;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.session.SessionLimits;

/** A server in a process of its own, with short timeouts, until its standard input ends. */
final class ScaledServer {
  static final Duration SILENCE = Duration.ofMillis(1_500);

  private ScaledServer() {}

  public static void main(String[] arguments) throws IOException {
    try (TestServer server =
        TestServer.with(
            new MemoryJournal(),
            ServerLimits.DEFAULT.ringBytes(),
            new SessionLimits(
                SessionLimits.AnswerLimits.DEFAULT,
                SILENCE,
                Duration.ofMillis(500),
                SILENCE,
                256,
                20_000,
                Duration.ofSeconds(5)))) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
