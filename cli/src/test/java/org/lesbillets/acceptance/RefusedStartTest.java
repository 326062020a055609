package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;

/** The server does not start where it should not, says why in one sentence, and changes nothing. */
@Timeout(Patience.SECONDS)
class RefusedStartTest {
  private static final String TITLE = "Unmistakable-Title";
  private static final String COMMENT = "Unmistakable-Comment";

  /** Where the version of the format stands in an SQLite file. */
  private static final int USER_VERSION_AT = 60;

  @TempDir static Path made;
  private static Path data;
  private static String journalId;

  @TempDir Path folder;

  @BeforeAll
  static void makeAJournal() {
    try (ServerProcess server = ServerProcess.start(made)) {
      Billets alice = server.newAgent("alice");
      alice.does("create --title " + TITLE).prints("1");
      alice.does("comment 1 " + COMMENT).succeeds();
      try (TicketClient client = alice.connect(PushListener.NONE)) {
        journalId = client.welcome().journalId();
      }
      data = server.data();
      assertEquals(0, server.stop());
    }
  }

  @AfterAll
  static void theJournalItselfIsAsGoodAsEver() {
    try (ServerProcess server = ServerProcess.start(made)) {
      server.owner().does("show 1 --field title").prints(TITLE);
    }
  }

  private static ProcessOutcome start(Path folder, Path data) {
    return ServerProcess.refused(folder, "--port", "0", "--data", data.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bind 0.0.0.0    | clear on 0.0.0.0: give --tls-cert",
        "--port 65536      | from 0 to 65535",
        "--port x          | --port",
        "--journal mongo:  | mongo:",
        "--log xml         | --log",
        "--nonsense        | --nonsense",
      })
  void aMistakeOnTheCommandLine(String words, String named) {
    List<String> all = new ArrayList<>(List.of("--data", folder + "/data"));
    all.addAll(List.of(words.split(" ")));
    ProcessOutcome refused = ServerProcess.refused(folder, all.toArray(String[]::new));
    refused.fails(2, named);
  }

  @Test
  void dataBelowAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    start(folder, file.resolve("data")).fails(1, file + "/data", "--data");
  }

  @Test
  void aJsonLogIsJsonToItsEnd() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String below = file.resolve("data").toString();
    ProcessOutcome refused =
        ServerProcess.refused(folder, "--port", "0", "--data", below, "--log", "json").exits(1);
    JsonObject line = JsonParser.parseString(refused.err()).getAsJsonObject();
    assertTrue(line.get("message").getAsString().contains(below), refused::toString);
    assertEquals("ERROR", line.get("level").getAsString());
  }

  @Test
  void aJournalOfANewerFormat() throws IOException {
    Path copy = copyOfTheData();
    Path journal = copy.resolve("journal.db");
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
      file.seek(USER_VERSION_AT);
      file.writeInt(2_000);
    }
    byte[] before = Files.readAllBytes(journal);
    start(folder, copy).fails(1, "format version 2000", "newer billets-server", copy.toString());
    assertEquals(text(before), text(Files.readAllBytes(journal)), "left as it was");
  }

  @ParameterizedTest
  @CsvSource({TITLE + ", table ticket", COMMENT + ", table event"})
  void oneBitOfARow(String written, String table) throws IOException {
    String refusals = String.join("\n", refusalsOfFlipping(written));
    Matcher named = Pattern.compile("Row [0-9]+ .*" + table).matcher(refusals);
    assertEquals(true, named.find(), refusals);
  }

  @Test
  void oneBitOfTheMetaRow() throws IOException {
    String refusals = String.join("\n", refusalsOfFlipping(journalId));
    assertEquals(true, refusals.contains("row of the table meta"), refusals);
  }

  @Test
  void aJournalThatLostItsLogUntilTheLossIsAccepted() throws IOException {
    long token;
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      alice.does("create --title First").prints("1");
      token = Long.parseLong(alice.does("lock 1").line());
      server.killHard();
      Files.delete(server.data().resolve("journal.db-wal"));
      String head = server.data().toRealPath().resolve("head").toString();
      start(folder, server.data()).fails(1, head + " has seen revision 2", "--accept-loss");
    }
    try (ServerProcess server = ServerProcess.start(folder, "--accept-loss")) {
      assertTrue(server.err().contains("That was accepted"), server::err);
      Billets bob = server.newAgent("bob");
      bob.does("create --title Second").prints("1");
      long next = Long.parseLong(bob.does("lock 1").line());
      assertTrue(next > token + 1_000, "a token is never issued twice: " + next);
      assertEquals(0, server.stop());
    }
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.owner().does("show 1 --field title").prints("Second");
    }
  }

  /** Damages each place where this is written, one at a time; what the server then says. */
  private Set<String> refusalsOfFlipping(String written) throws IOException {
    Set<String> refusals = new TreeSet<>();
    for (int at : placesOf(written)) {
      Path copy = copyOfTheData();
      Path journal = copy.resolve("journal.db");
      byte[] bytes = Files.readAllBytes(journal);
      bytes[at + 3] ^= 1;
      Files.write(journal, bytes);
      ProcessOutcome refused = start(folder, copy);
      refused.fails(1, "damaged", "nothing was changed", "backup", copy.toString());
      assertEquals(text(bytes), text(Files.readAllBytes(journal)), "left as it was");
      refusals.add(refused.err());
    }
    return refusals;
  }

  private static List<Integer> placesOf(String written) throws IOException {
    String bytes = text(Files.readAllBytes(data.resolve("journal.db")));
    List<Integer> places = new ArrayList<>();
    for (int at = bytes.indexOf(written); at >= 0; at = bytes.indexOf(written, at + 1)) {
      places.add(at);
    }
    return places;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Path copyOfTheData() throws IOException {
    Path copy = Files.createTempDirectory(folder, "data").toRealPath();
    try (var files = Files.list(data)) {
      files.forEach(file -> copy(file, copy.resolve(file.getFileName())));
    }
    return copy;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
