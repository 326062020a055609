package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.command.NotAllowedException;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.root.RootCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What can be done through a shared account, and what cannot. */
class DelegateTest {
  /**
   * What is refused on purpose. Who adds a verb, an option or an argument decides: here, or in
   * DelegateRules. Refused is what runs a program, reads or writes a file, or names a server.
   */
  private static final Set<String> REFUSED =
      Set.of(
          "lock -E",
          "lock --while-pid",
          "claim -E",
          "watch --cursor",
          "watch --exec",
          "watch --retry",
          "batch FILE|-",
          "edit",
          "admin",
          "import",
          "context",
          "doctor",
          "bench",
          "completion",
          "work",
          "complete");

  private static final Set<String> REFUSED_EVERYWHERE =
      Set.of("--server", "--ca-file", "--context");

  @TempDir Path home;
  private final List<ClientSettings> opened = new ArrayList<>();

  private BilletsRun account(ScriptedTicketService desk) {
    return BilletsRun.at(desk).home(home).opening(opened::add);
  }

  private BilletsRun.Result alice(ScriptedTicketService desk, String command) {
    return account(desk).with("SSH_ORIGINAL_COMMAND", command).runAs("alice");
  }

  @Test
  void everyVerbOptionAndArgumentWasDecidedOn() {
    Set<String> open = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    CommandLine whole = RootCommand.commandLine();
    for (CommandLine verb : whole.getSubcommands().values()) {
      CommandSpec spec = verb.getCommandSpec();
      if (!DelegateRules.allowed().contains(spec.name())) {
        open.add(spec.name());
        continue;
      }
      for (ArgSpec given : spec.args()) {
        String name = DelegateRules.name(given);
        seen.add(spec.name() + " " + name);
        if (!DelegateRules.isAllowed(spec.name(), given) && !REFUSED_EVERYWHERE.contains(name)) {
          open.add(spec.name() + " " + name);
        }
      }
    }
    assertEquals(new TreeSet<>(REFUSED), open);
    Set<String> stale = new TreeSet<>(DelegateRules.everything());
    stale.removeAll(seen);
    assertEquals(Set.of(), stale, "allowed, and not there");
  }

  @Test
  void whatNobodyDecidedOnIsRefused() {
    CommandLine whole = RootCommand.commandLine();
    whole.addSubcommand("unheard", CommandSpec.create());
    CommandSpec list = whole.getSubcommands().get("list").getCommandSpec();
    list.addOption(OptionSpec.builder("--unheard").type(boolean.class).build());
    for (String line : List.of("unheard", "list --unheard", "list status:open --unheard")) {
      List<String> words = List.of(line.split(" "));
      assertThrows(
          NotAllowedException.class,
          () -> DelegateRules.check(whole.parseArgs(words.toArray(String[]::new)), words));
    }
    DelegateRules.check(whole.parseArgs("list", "status:open"), List.of("list", "status:open"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock 17 -- sh",
        "lock 17 --ttl 1m -- sh -c id",
        "lock -- sh",
        "claim -- sh",
        "claim -E 3 -- sh",
        "lock 17 -E 3",
        "watch --exec id",
        "watch --count 1 --exec=id",
        "watch --cursor /tmp/x",
        "watch --initial --cursor=/tmp/x",
        "edit 17",
        "edit",
        "import -",
        "import /etc/passwd",
        "batch /etc/passwd",
        "batch - /etc/passwd",
        "export --server unix:/tmp/x",
        "--server ws://h list",
        "--server=ws://h list",
        "list --server 127.0.0.1",
        "list --ca-file /etc/shadow",
        "list --context work",
        "--context work list",
        "context list",
        "context add x --server h --token-command id",
        "context",
        "completion bash",
        "complete contexts",
        "doctor",
        "billets edit 17",
        "'edit' 17",
        "\\edit 17",
      })
  void runsNothingAndTouchesNoFile(String command) {
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = alice(desk, command);
    // 3 is what -E asks for; a line that makes no sense beside that is refused for that reason.
    assertTrue(Set.of(2, 3, 4).contains(result.code()), result::toString);
    assertEquals("", result.out());
    assertEquals(List.of(), desk.asked);
    assertEquals(List.of(), opened);
    assertTrue(result.code() == 2 || result.err().contains("shared account"), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lock 17 -- sh       | 'lock -- CMD'
          watch --exec id     | 'watch --exec'
          edit 17             | 'edit'
          batch /etc/passwd   | 'batch FILE|-'
          --server ws://h list| 'billets --server'
          context list        | 'context'
          """,
      quoteCharacter = '"')
  void itSaysWhatIsRefused(String command, String what) {
    BilletsRun.Result result = alice(new ScriptedTicketService(), command);
    assertEquals(4, result.code());
    assertTrue(result.err().contains(what), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@/etc/passwd",
        "list; id",
        "$(id)",
        "`id`",
        "sh",
        "scp -t /tmp",
        "/usr/lib/openssh/sftp-server",
        "--as bob list",
        "billets --as bob list",
        "billets billets list",
        "list 'open",
      })
  void noShellReadsIt(String command) {
    ScriptedTicketService desk = new ScriptedTicketService();
    assertEquals(2, code(() -> alice(desk, command)));
    assertEquals(List.of(), desk.asked);
  }

  /** Of what is said before anything is parsed the process makes the same. */
  private static int code(java.util.function.Supplier<BilletsRun.Result> run) {
    try {
      return run.get().code();
    } catch (UsageException e) {
      return ExitStatus.USAGE.code();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "billets list status:open --sort -updated",
        "list -- -tag:x",
        "list -o json",
        "-o json list --color never --timeout 3s",
        "locks --mine",
        "whoami",
        "help",
        "help list",
        "list --help",
        "--version",
      })
  void doesWhatAnAgentMay(String command) {
    BilletsRun.Result result = alice(new ScriptedTicketService(), command);
    assertEquals(0, result.code(), result.err());
  }

  @Test
  void aBatchIsReadFromStandardInput() {
    for (String command : List.of("batch", "batch -")) {
      BilletsRun run = account(SampleTickets.obliging()).reading("");
      assertEquals(0, run.with("SSH_ORIGINAL_COMMAND", command).runAs("alice").code());
    }
  }

  @Test
  void actsForTheAgentOverTheSocketAlone() {
    assertEquals(0, alice(new ScriptedTicketService(), "list").code());
    ClientSettings settings = opened.get(0);
    assertEquals("alice", settings.token().onBehalfOf().value());
    assertEquals("", settings.token().token());
    assertEquals("[unix:/run/billets/desk.sock]", settings.servers().toString());
  }

  @Test
  void theSocketThatTheAdministratorNames() {
    account(new ScriptedTicketService())
        .with("SSH_ORIGINAL_COMMAND", "list")
        .runAs("--server", "unix:/srv/desk.sock", "alice");
    assertEquals("[unix:/srv/desk.sock]", opened.get(0).servers().toString());
  }

  /** Neither variables nor files of the account count. */
  @Test
  void theAccountsSettingsAreNotTaken() throws Exception {
    Files.createDirectories(home.resolve(".config/billets"));
    Files.writeString(home.resolve(".config/billets/config.toml"), "no [ toml");
    BilletsRun run =
        account(new ScriptedTicketService())
            .with("SSH_ORIGINAL_COMMAND", "list")
            .with("BILLETS_SERVER", "ws://elsewhere:1")
            .with("BILLETS_TOKEN", "blt_secret")
            .with("BILLETS_CONTEXT", "work")
            .with("BILLETS_SERVER_USER", "nobody")
            .with("XDG_CONFIG_HOME", home.resolve(".config").toString())
            .with("XDG_RUNTIME_DIR", "/run/user/7");
    BilletsRun.Result result = run.runAs("alice");
    assertEquals(0, result.code(), result.err());
    ClientSettings settings = opened.get(0);
    assertEquals(
        "[unix:/run/user/7/billets/desk.sock, unix:/run/billets/desk.sock]",
        settings.servers().toString());
    assertEquals("", settings.token().token());
  }

  /** A cached answer is one agent's. */
  @Test
  void whatIsKeptIsKeptForEachAgent() throws Exception {
    BilletsRun run = account(SampleTickets.standing()).with("SSH_ORIGINAL_COMMAND", "status");
    assertEquals(0, run.runAs("alice").code());
    assertEquals(0, run.runAs("bob").code());
    assertEquals(2, opened.size());
    try (Stream<Path> kept = Files.list(home.resolve(".local/state/billets/as"))) {
      assertEquals(
          Set.of("alice", "bob"),
          kept.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "../x", "me", "alice bob", "--server unix:/x", "--server ws://h alice"})
  void theAdministratorsMistakes(String args) {
    BilletsRun run = account(new ScriptedTicketService()).with("SSH_ORIGINAL_COMMAND", "list");
    String[] words = args.equals("a b") ? new String[] {args} : args.split(" ");
    assertThrows(UsageException.class, () -> run.runAs(words));
    assertEquals(List.of(), opened);
  }

  @Test
  void withoutACommandItIsTheLiveView() {
    BilletsRun.Result result = account(new ScriptedTicketService()).runAs("alice");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("the live view needs a terminal"), result.err());
  }

  @Test
  void helpListsWhatCanBeDone() {
    String help = alice(new ScriptedTicketService(), "help").out();
    assertTrue(help.contains("\n  list"), help);
    assertFalse(help.contains("\n  edit"), help);
    assertFalse(help.contains("\n  context"), help);
  }
}
