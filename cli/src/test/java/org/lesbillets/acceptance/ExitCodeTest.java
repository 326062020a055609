package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.acceptance.WithServer.Agent;

/** What can go wrong ends with the right code and one sentence. */
@Timeout(Patience.SECONDS)
@WithServer
class ExitCodeTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  @Agent private static Billets bob;

  @BeforeAll
  static void start() {
    alice.does("create --title 'held by bob'").prints("1");
    alice.does("create --title free").prints("2");
    bob.does("lock 1 --note 'do not touch'").exits(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list                                | 0 | ''",
        "list tag:nobody-uses-it             | 0 | ''",
        "list status:lost                    | 2 | lost",
        "list age:                           | 2 | quot",
        "list --sort colour                  | 2 | colour",
        "create                              | 2 | --title",
        "create --title ''                   | 2 | title",
        "create --title x --priority extreme | 2 | extreme",
        "create --title x --assignee a/b     | 2 | agent's name",
        "update 2                            | 2 | --priority",
        "comment 2 ''                        | 2 | empty",
        "lock 2 --ttl 9h                     | 2 | 8",
        "lock 2 --ttl 500ms                  | 2 | 1",
        "show 17x                            | 2 | 17x",
        "shout 2                             | 2 | shout",
        "show 4711                           | 3 | 4711",
        "show 00000000-0000-4000-8000-000000000000 | 3 | 00000000-0000-4000-8000-000000000000",
        "show ffffffff                       | 3 | ffffffff",
        "history 4711                        | 3 | 4711",
        "lock 4711                           | 3 | 4711",
        "close 4711                          | 3 | 4711",
        "lock 1                              | 5 | bob",
        "close 1                             | 5 | do not touch",
        "update 1 --title mine               | 5 | bob",
        "unlock 1                            | 5 | bob",
        "unlock 2                            | 6 | not locked",
        "unlock 2 --token 999999             | 6 | 999999",
        "update 2 --token 999999 --title x   | 6 | 999999",
        "lock 2 --token 999999               | 6 | 999999",
      })
  void endsAsItShould(String line, int code, String said) {
    ProcessOutcome outcome = alice.does(line);
    if (code == 0) {
      outcome.prints(outcome.out().lines().toArray(String[]::new));
    } else {
      outcome.exits(code).says(said);
    }
  }

  @Test
  void everyTextIsMeasured() {
    String emoji = "🦊";
    String longest = emoji.repeat(200);
    String number = alice.run("", "create", "--title", longest, "--requester", longest).line();
    alice.does("show " + number + " --field title").prints(longest);
    alice.run("", "create", "--title", longest + "x").fails(2, "title", "200");
    alice.run("", "create", "--title", "x", "--requester", longest + "x").fails(2, "requester");
    alice.run("", "create", "--title", "x", "--reference", longest + "x").fails(2, "reference");
    alice.run("", "lock", "2", "--note", longest + "x").fails(2, "note");
    alice.run("", "create", "--title", "x", "--tag", emoji.repeat(40)).exits(0);
    alice.run("", "create", "--title", "x", "--tag", emoji.repeat(41)).fails(2, "tag", "40");
    alice.run("", "create", "--title", "a\nb").fails(2, "title");
    alice.run("", "create", "--title", "a\u001b[31mb").fails(2, "title");
  }

  /** An argument is taken as it is or refused; of standard input the end is kept that fits. */
  @Test
  void longTextsAreMeasured() {
    String largest = "é".repeat(32 * 1024);
    String number = alice.reading(largest, "create --title long --description -").line();
    alice.does("show " + number + " --field description").prints(largest);
    alice.run("", "create", "--title", "long", "--description", largest + "x").fails(2, "65536");
    alice.reading(largest, "comment " + number).prints();
    alice.run("", "comment", number, largest + "x").fails(2, "65536");
    for (int length : new int[] {65_537, 300_000, 2_000_000}) {
      alice.reading("x".repeat(length), "comment " + number).exits(0).says("65536 bytes");
    }
    alice.does("show " + number + " --field commentCount").prints("4");
  }

  @Test
  void anOperationHasOneEffect() {
    String id = "6d1c1f70-3f0f-4b53-9d6a-0d7d27f8f4a1";
    String number = alice.does("create --title once --operation-id " + id).line();
    alice.does("create --title once --operation-id " + id).prints(number);
    alice.does("create --title other --operation-id " + id).fails(2, "operation");
    alice.does("list title-that-is-not-there").prints();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show 1", "create --title x", "lock 1", "locks"})
  void nobodyListens(String line) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ends(8, line, port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create --title x"})
  void somebodyListensAndSaysNothing(String line) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ends(8, line, socket.getLocalPort());
    }
  }

  private static void ends(int code, String line, int port) {
    Billets lost = alice.with("BILLETS_SERVER", "127.0.0.1:" + port);
    long start = System.nanoTime();
    lost.does("--timeout 1s " + line).fails(code, "127.0.0.1:" + port);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofSeconds(9)) < 0, line + " took " + took);
  }
}
