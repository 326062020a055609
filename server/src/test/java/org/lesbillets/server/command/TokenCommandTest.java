package org.lesbillets.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.FileTokenStore;
import org.lesbillets.server.auth.TokenBook;
import org.lesbillets.server.auth.TokenException;
import picocli.CommandLine;

final class TokenCommandTest {
  @TempDir Path data;

  private record Result(int exit, String out, String err) {}

  private Result token(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new TokenCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (e, command, result) -> {
                  if (e instanceof TokenException) {
                    command.getErr().println(e.getMessage());
                    return 1;
                  }
                  throw e;
                })
            .execute((line + " --data " + data).split(" "));
    return new Result(exit, out.toString(), err.toString());
  }

  @Test
  void addsListsAndRevokes() {
    Result added = token("add alice");
    assertEquals(0, added.exit());
    assertEquals("", added.err());
    assertTrue(added.out().matches("blt_[A-Za-z0-9_-]{43}\\R"), added.out());
    assertEquals(
        Role.AGENT,
        TokenBook.open(new FileTokenStore(data))
            .identify(added.out().strip())
            .orElseThrow()
            .role());
    Result admin = token("add root-1 --role admin");
    assertEquals(
        Role.ADMIN,
        TokenBook.open(new FileTokenStore(data))
            .identify(admin.out().strip())
            .orElseThrow()
            .role());

    Result listed = token("list");
    assertEquals(0, listed.exit());
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\R";
    assertTrue(
        listed.out().matches("alice\tagent\t" + time + "root-1\tadmin\t" + time), listed.out());

    assertEquals(new Result(0, "", ""), token("revoke alice"));
    assertTrue(TokenBook.open(new FileTokenStore(data)).identify(added.out().strip()).isEmpty());
  }

  @Test
  void asJsonEachPrintsOneValue() {
    assertEquals(new Result(0, "[]\n", ""), token("list -o json"));
    Result added = token("add alice --role reader -o json");
    String token = "blt_[A-Za-z0-9_-]{43}";
    assertTrue(
        added
            .out()
            .matches("\\{\"name\":\"alice\",\"role\":\"reader\",\"token\":\"" + token + "\"}\\R"),
        added.out());
    Result listed = token("list --output=json");
    String entry = "\\[\\{\"name\":\"alice\",\"role\":\"reader\",\"created\":\"20[-0-9T:]+Z\"}]\\R";
    assertTrue(listed.out().matches(entry), listed.out());
    assertEquals(
        new Result(0, "{\"name\":\"alice\",\"revoked\":true}\n", ""),
        token("revoke alice --output json"));
  }

  @Test
  void listsNothingAsNothing() {
    assertEquals(new Result(0, "", ""), token("list"));
  }

  @Test
  void failsInASentence() throws Exception {
    token("add alice");
    Result again = token("add alice");
    assertEquals(1, again.exit());
    assertEquals("", again.out());
    assertEquals(1, again.err().lines().count());
    assertTrue(again.err().contains("'alice' has a token already"), again.err());
    Result unknown = token("revoke bob");
    assertEquals(1, unknown.exit());
    assertTrue(unknown.err().contains("'bob' has no token"), unknown.err());
    Files.writeString(data.resolve("tokens"), "nonsense\n");
    Result damaged = token("list");
    assertEquals(1, damaged.exit());
    assertTrue(damaged.err().contains("Line 1"), damaged.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "add me            | 'me' cannot be a name",
        "add a/b           | 'a/b' cannot be a name",
        "add alice --role boss | 'boss' is no role",
        "add               | NAME",
        "revoke            | NAME",
        "grant alice       | grant",
      })
  void refusesWhatItDoesNotUnderstand(String line, String named) {
    Result result = token(line);
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertTrue(result.err().contains(named), result.err());
  }

  @Test
  void aloneItSaysWhatItCanDo() {
    StringWriter err = new StringWriter();
    int exit = new CommandLine(new TokenCommand()).setErr(new PrintWriter(err, true)).execute();
    assertEquals(2, exit);
    assertTrue(err.toString().contains("add NAME, list, or revoke NAME"), err.toString());
  }
}
