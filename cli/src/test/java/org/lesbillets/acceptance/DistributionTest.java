package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.RandomTickets;

/** The packaged programs, as a shell runs them, on every Java this machine has. */
@Tag("distribution")
@Timeout(Patience.SECONDS)
@WithServer
class DistributionTest {
  /** Enough that no pipe holds their list. */
  private static final int TICKETS = 500;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  @BeforeAll
  static void start() throws Exception {
    Path file = folder.resolve("tickets.jsonl");
    TicketFile.write(file, new RandomTickets(7), TICKETS);
    try (TicketClient client = alice.connect(PushListener.NONE)) {
      TicketFile.send(file, client);
    }
  }

  static List<String> javas() throws IOException {
    return Javas.all();
  }

  private static ProcessOutcome shell(String java, String script) {
    Map<String, String> environment = new TreeMap<>(alice.environment());
    environment.put("JAVA_HOME", java);
    environment.put("BILLETS", Distribution.billets().get(0));
    environment.put("BILLETS_SERVER_PROGRAM", Distribution.server().get(0));
    return Running.run(folder, environment, List.of("sh", "-c", script));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void sayTheirVersion(String java) {
    String version = shell(java, "\"$BILLETS\" --version").line();
    assertTrue(version.matches("billets [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?"), version);
    String servers = shell(java, "\"$BILLETS_SERVER_PROGRAM\" --version").line();
    assertEquals(version.replace("billets ", "billets-server "), servers);
  }

  @ParameterizedTest
  @MethodSource("javas")
  void endQuietlyWhenTheReaderGoes(String java) {
    ProcessOutcome outcome =
        shell(java, "{ \"$BILLETS\" list -o jsonl; echo $? >status; } | head -n 1; cat status");
    List<String> lines = outcome.lines();
    assertTrue(lines.get(0).startsWith("{\"id\":"), lines.get(0));
    assertEquals(List.of("141"), lines.subList(1, lines.size()));
    shell(java, "\"$BILLETS\" list | head -n 1 | cut -f 1").prints("1");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void readStandardInput(String java) {
    String number =
        shell(java, "\"$BILLETS\" create --title empty --description - </dev/null").line();
    shell(java, "\"$BILLETS\" show " + number + " --field description").prints("");
    shell(java, "\"$BILLETS\" comment " + number + " </dev/null").fails(2, "empty comment");
    shell(java, "printf 'déjà vu 🦊\\n' | \"$BILLETS\" comment " + number).prints();
    shell(java, "\"$BILLETS\" update " + number + " --description - </dev/null").prints();
    shell(java, "\"$BILLETS\" show " + number + " -o jsonl").succeeds().shows("déjà vu 🦊");
    shell(java, "\"$BILLETS\" list tag:no-such-tag <&-").prints();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void serve(String java) {
    String data = folder.resolve("data of " + Path.of(java).getFileName()).toString();
    ProcessOutcome outcome =
        shell(
            java,
            """
            set -eu
            rm -f ready
            "$BILLETS_SERVER_PROGRAM" --port 0 --data "%s" >ready 2>log &
            server=$!
            trap 'kill -9 $server' EXIT
            until [ -s ready ]; do kill -0 $server; sleep 0.1; done
            BILLETS_SERVER=$(sed 's/.* on //' ready)
            BILLETS_TOKEN_FILE="%s/local.token"
            BILLETS_TOKEN=
            export BILLETS_SERVER BILLETS_TOKEN BILLETS_TOKEN_FILE
            "$BILLETS" create --title 'on this Java'
            kill -TERM $server
            wait $server
            trap - EXIT
            grep -c WARNING log || true
            """
                .formatted(data, data));
    outcome.prints("1", "0");
  }

  @Test
  void sayThatJavaIsNotThere() {
    for (String program : List.of("BILLETS", "BILLETS_SERVER_PROGRAM")) {
      shell("/no/such/java", "\"$" + program + "\" --version")
          .fails(1, "JAVA_HOME is /no/such/java", "Java 17 or newer");
    }
  }
}
