package org.lesbillets.cli.command.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.command.ScriptedTicketService;

/** Contexts as somebody types them, and what other verbs make of the file. */
class ContextTest {
  private static final String CONFIG =
      """
      # mine
      context = "work"
      color = "always"
      [contexts.work]
      server = "work:1"
      [contexts.night]
      server = "night:1"
      """;

  @TempDir Path home;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = home.resolve(".config/billets/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, CONFIG);
  }

  private BilletsRun billets() {
    return BilletsRun.at(new ScriptedTicketService()).home(home);
  }

  private static void done(BilletsRun.Result result) {
    assertEquals(ExitStatus.OK, result.status(), result::err);
  }

  @Test
  void aTokenFileIsTheSameFromEverywhere() throws IOException {
    done(billets().run("context", "add", "x", "--server", "x", "--token-file", "some/../token"));
    String expected = "token_file = \"" + Path.of("token").toAbsolutePath() + "\"";
    assertTrue(Files.readString(file).contains(expected), Files.readString(file));
  }

  @Test
  void homeIsWhatItsVariableSays(@TempDir Path other) throws IOException {
    done(
        billets()
            .with("HOME", other.toString())
            .run("context", "add", "x", "--server", "x", "--token-file", "~/token"));
    String made = Files.readString(other.resolve(".config/billets/config.toml"));
    assertTrue(made.contains("token_file = \"" + other.resolve("token") + "\""), made);
    assertEquals(CONFIG, Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relative", "?"})
  void withoutAHomeNothingIsWrittenAnywhere(String home) {
    for (String line : List.of("context add x --server x", "list", "locks", "status")) {
      BilletsRun.Result result =
          billets().home(Path.of("?")).with("HOME", home).run(line.split(" "));
      assertEquals(ExitStatus.FAILED, result.status());
      assertTrue(result.err().contains("set HOME"), result.err());
      assertEquals("", result.out());
    }
    assertFalse(Files.exists(Path.of("?")));
    assertEquals(0, billets().home(null).run("--version").code());
    String folders = this.home.toString();
    done(
        billets()
            .home(null)
            .with("XDG_CONFIG_HOME", folders)
            .with("XDG_STATE_HOME", folders)
            .run("context", "add", "x", "--server", "x"));
  }

  @Test
  void aTimeoutIsKept() {
    done(billets().run("context", "add", "x", "--server", "x", "--timeout", "90s"));
    String shown = billets().run("context", "show", "x").out();
    assertTrue(shown.contains("timeoutMillis\t90000\n"), shown);
  }

  @Test
  void theOneInUseIsTheOneThatWouldBeUsed() {
    assertEquals("work\n", billets().run("context", "show", "-o", "id").out());
    assertEquals(
        "night\n", billets().with("BILLETS_CONTEXT", "night").run("context", "show", "-oid").out());
    String list = billets().with("BILLETS_CONTEXT", "night").run("context", "list").out();
    assertTrue(list.contains("work\tfalse\t") && list.contains("night\ttrue\t"), list);
    assertEquals("night\n", billets().run("--context=night", "context", "show", "-oid").out());
    assertEquals(2, billets().run("--context=nigt", "context", "show").code());
  }

  @Test
  void whatBeatsTheChoiceIsTold() {
    BilletsRun.Result result =
        billets()
            .with("BILLETS_CONTEXT", "work")
            .with("BILLETS_SERVER", "other:1")
            .run("context", "use", "night");
    done(result);
    assertTrue(result.err().contains("BILLETS_CONTEXT says work: unset it"), result.err());
    assertTrue(result.err().contains("BILLETS_SERVER says other:1: unset it"), result.err());
    assertEquals("", billets().run("context", "use", "work").err());
  }

  @Test
  void whereNothingIsInUseThereIsNoStar() throws IOException {
    Files.writeString(file, "[contexts.work]\nserver = \"a\"\n");
    String list = billets().run("context", "list", "-o", "table").out();
    assertTrue(list.startsWith("NAME  SERVER\nwork  ws://a:7420/tickets\n"), list);
  }

  @Test
  void colourIsAsTheFileSaysUnlessSaidOtherwise() {
    String[] list = {"context", "list", "-o", "table"};
    assertTrue(billets().run(list).out().contains("\u001b["));
    assertFalse(billets().with("NO_COLOR", "1").run(list).out().contains("\u001b["));
    String[] never = {"context", "list", "-o", "table", "--color", "never"};
    assertFalse(billets().run(never).out().contains("\u001b["));
  }

  @Test
  void aMistakeInTheFileEndsEveryVerbThatNeedsIt() throws IOException {
    Files.writeString(file, "\nsever = \"x\"\n");
    String sentence =
        file + ", line 2, column 1: there is no key 'sever' in the file; did you mean 'server'?";
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = BilletsRun.at(desk).home(home).run("list");
    assertEquals(new BilletsRun.Result(2, "", "billets: " + sentence + "\n"), result);
    BilletsRun.Result json = billets().run("context", "use", "x", "-o", "json");
    assertEquals(
        "{\"code\":\"USAGE\",\"message\":\"" + sentence + "\",\"details\":{}}\n", json.err());
    assertEquals(2, json.code());
    assertEquals(0, desk.asked.size());
    done(billets().run("help", "context"));
    done(billets().run("--version"));
  }

  @Test
  void whatCannotBeWrittenIsASentence() throws IOException {
    Path state = home.resolve(".local/state/billets");
    Files.createDirectories(state.getParent());
    Files.writeString(state, "in the way");
    BilletsRun.Result result = billets().run("context", "use", "night");
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("billets: " + file + " cannot be written ("), result.err());
    assertEquals(1, result.err().lines().count());
    assertEquals(CONFIG, Files.readString(file));
  }
}
