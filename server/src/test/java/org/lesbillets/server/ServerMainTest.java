package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ServerMainTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    return ServerMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.strip().split(" "));
  }

  /** Every command there is, by the words after the program's name. */
  static Stream<String> commands() {
    List<String> found = new ArrayList<>();
    collect("", ServerMain.commandLine(), found);
    return found.stream();
  }

  private static void collect(String words, CommandLine command, List<String> found) {
    found.add(words);
    command
        .getSubcommands()
        .forEach((name, sub) -> collect((words + " " + name).strip(), sub, found));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatAWrongCallPointsToIsThere(String command) {
    assertEquals(0, run(command + " --help"), err.toString());
    assertEquals("", err.toString());
    String usage = "Usage: " + ("billets-server " + command).strip();
    assertTrue(out.toString().contains(usage), out.toString());
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokn | Did you mean: billets-server token",
        "token add x --rol admin | Possible solutions: --role",
        "token | See: billets-server token --help",
        "token add | See: billets-server token add --help",
        "--prot 1 | See: billets-server --help"
      })
  void aWrongCallIsToldWhatWouldBeRight(String line, String expected) {
    assertEquals(2, run(line));
    assertEquals("", out.toString());
    assertTrue(err.toString().startsWith("billets-server: "), err.toString());
    assertTrue(err.toString().contains(expected), err.toString());
  }

  /** One finds an option by what it is about. */
  @Test
  void everyOptionAndVerbStandsOnceInAGroup() {
    assertEquals(0, run("--help"));
    List<String> headings = out.toString().lines().filter(line -> line.matches("\\w.*:")).toList();
    assertTrue(
        headings.containsAll(List.of("Where it listens:", "Who is let in:", "Data:", "Run:")),
        headings.toString());
    CommandLine program = ServerMain.commandLine();
    program.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> assertStandsOnce("(  |, )" + option.longestName() + "(?![\\w-])"));
    program.getSubcommands().keySet().forEach(verb -> assertStandsOnce("  " + verb + " "));
  }

  private void assertStandsOnce(String pattern) {
    String list = out.toString().replaceFirst("(?s)\nExamples:.*", "");
    long times =
        list.lines().filter(line -> line.matches("(-\\w|  +)?.{0,4}" + pattern + ".*")).count();
    assertEquals(1, times, () -> pattern + " in " + list);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--unix-group users | about the logins at a socket: give --socket, too",
        "--unix-delegates root | about the logins at a socket: give --socket, too",
        "--socket LONG | at most 106 bytes: give --socket a shorter one than /tmp/xxx",
        "--socket /tmp/s --unix-group no-such-group | There is no group 'no-such-group' on",
        "--socket /tmp/s --unix-admins no-such-group | There is no group 'no-such-group' on",
        "--socket /tmp/s --unix-readers no-such-group | There is no group 'no-such-group' on",
        "--socket /tmp/s --unix-delegates no-such-user | There is no user 'no-such-user' on",
        "--socket /tmp/s --bind 127.0.0.2 | no port is opened, so --bind and --tls-cert mean",
      })
  void aSocketThatCannotBeServed(String line, String expected) {
    String data = " --data " + folder.resolve("data");
    assertEquals(2, run(line.replace("LONG", "/tmp/" + "x".repeat(102)) + data), err::toString);
    assertTrue(err.toString().contains(expected), err.toString());
    assertEquals("", out.toString());
    assertFalse(Files.exists(folder.resolve("data")), "nothing half done");
  }

  @Test
  void theVersionIsToldByAll() {
    assertEquals(0, run("token list --version"));
    assertEquals(ServerVersion.nameAndVersion(), out.toString().strip());
  }
}
