package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException;

class CommandTokenTest {
  @TempDir Path folder;

  private static CommandToken token(TokenProgram command, Duration patience) {
    return new CommandToken(command, "the token_command of the context 'work'", patience);
  }

  private static CommandToken token(String line) {
    return token(TokenProgram.ofLine(line), Duration.ofSeconds(30));
  }

  private static String refused(CommandToken token) {
    ConnectionException refusal = assertThrows(ConnectionException.class, token::token);
    assertEquals(ConnectionException.Kind.UNAUTHORIZED, refusal.kind());
    return refusal.getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo the-token",
        "printf the-token",
        "printf ' the-token \\r\\nuser: alice\\n'",
        "cat; echo the-token",
        "echo not this >&2; echo the-token"
      })
  void theFirstLineIsTheToken(String line) {
    assertEquals("the-token", token(line).token());
  }

  @Test
  void wordsAreNoShells() {
    List<String> words = List.of("echo", "$HOME;*");
    assertEquals("$HOME;*", token(new TokenProgram(words, false), Duration.ofSeconds(30)).token());
  }

  @Test
  void itRunsOnceHoweverManyAsk() throws Exception {
    Path runs = folder.resolve("runs");
    CommandToken token = token("echo run >> " + runs + "; echo the-token");
    assertFalse(Files.exists(runs), "it runs when it is needed");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<String> ask = token::token;
      for (Future<String> answer : threads.invokeAll(List.of(ask, ask, ask, ask))) {
        assertEquals("the-token", answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of("run"), Files.readAllLines(runs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exit 3 | failed with code 3
          echo the-secret; exit 1 | failed with code 1
          true | printed nothing
          echo; echo the-secret | printed nothing
          echo the secret | is no token
          no-such-program-here | failed with code 127
          kill -9 $$ | failed with code 137
          """)
  void aFailureIsASentence(String line, String sentence) {
    String said = refused(token(line));
    assertTrue(said.contains("the token_command of the context 'work'"), said);
    assertTrue(said.contains(sentence), said);
    assertFalse(said.contains("secret"), said);
  }

  @Test
  void soIsAProgramThatIsNotThere() {
    TokenProgram absent = new TokenProgram(List.of(folder.resolve("absent").toString()), false);
    assertTrue(refused(token(absent, Duration.ofSeconds(30))).contains("cannot be run"));
  }

  @Test
  void whatDoesNotEndIsEnded() throws IOException {
    Path pid = folder.resolve("pid");
    TokenProgram slow = TokenProgram.ofLine("sleep 1000 & echo $! > " + pid + "; wait");
    assertTrue(refused(token(slow, Duration.ofSeconds(1))).contains("did not end within 1 s"));
    long sleeper = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await()
        .until(() -> !ProcessHandle.of(sleeper).map(ProcessHandle::isAlive).orElse(false));
    assertEquals(Optional.empty(), ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive));
  }

  @Test
  void whoIsInAHurryWaitsNoLonger() {
    CommandToken slow = token("exec sleep 1000");
    String said = refused((CommandToken) slow.within(Duration.ofMillis(50)));
    assertTrue(said.contains("did not end within 50 ms"), said);
    CommandToken brief = token(TokenProgram.ofLine("exec sleep 1000"), Duration.ofMillis(50));
    assertSame(brief, brief.within(Duration.ofHours(1)), "nobody is made to wait for longer");
    assertEquals("the-token", token("echo the-token").within(Duration.ofSeconds(9)).token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "echo blt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"})
  void whatIsNoCommandIsRefused(String line) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> TokenProgram.ofLine(line));
    assertFalse(wrong.getMessage().contains("blt_"), wrong.getMessage());
  }
}
