package org.lesbillets.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.unix.NameService;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.websocket.EdgeLimits;
import org.lesbillets.tidy.RequiredTools;

/**
 * Real users of this machine at the socket, which only root can be in turn: mail (a reader by its
 * group), daemon (an agent), games (in a group that the test makes), bin (in none), nobody, and
 * numbers.
 */
class SocketLoginTest {
  private static final String GROUP = "billets-test-" + ProcessHandle.current().pid();

  /** Connects, asks, sends a message if there is one, and prints what comes. */
  private static final String CLIENT =
      """
      use IO::Socket::UNIX;
      my ($path, $request, $json) = @ARGV;
      my $s = IO::Socket::UNIX->new(Peer => $path) or die "cannot connect: $!";
      syswrite $s, $request;
      my ($all, $sent) = ("", 0);
      while (sysread $s, my $part, 65536) {
        $all .= $part;
        next unless $all =~ /^\\S+ 101 .*?\\r\\n\\r\\n/s;
        last unless $json;
        syswrite $s, pack("CCNa*", 0x81, 0x80 | length $json, 0, $json) unless $sent++;
        last if $all =~ /"requestId":"r"/;
      }
      print $all;
      """;

  private static Path folder;
  private static Path path;
  private static TestServer server;

  @BeforeAll
  static void serve() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be other users");
    RequiredTools.find("setpriv", "util-linux");
    RequiredTools.find("perl", "perl-base");
    run(List.of("groupadd", GROUP));
    folder = Files.createTempDirectory("billets-socket");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    path = folder.resolve("desk.sock");
    UnixSettings settings =
        new UnixSettings(
            path,
            Map.of(Role.READER, gid("mail"), Role.AGENT, gid("daemon"), Role.ADMIN, gid(GROUP)),
            Set.of(
                FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName("sys")));
    server = TestServer.at(settings, EdgeLimits.DEFAULT);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server == null) {
      return;
    }
    server.close();
    run(List.of("groupdel", GROUP));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static long gid(String group) throws IOException {
    return NameService.groupId(group).orElseThrow();
  }

  private static String run(List<String> command) throws Exception {
    Process child = ChildProcesses.start(new ProcessBuilder(command).redirectErrorStream(true));
    String printed = new String(child.getInputStream().readAllBytes(), UTF_8);
    child.waitFor();
    assertEquals(0, child.exitValue(), command + ": " + printed);
    return printed;
  }

  private static String ask(String user, String headers) throws Exception {
    return ask(user, headers, "");
  }

  private static String ask(String user, String headers, String message) throws Exception {
    String request = RawClient.handshake("/tickets", headers);
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid", user, "--regid", "65534", "--clear-groups"));
    command.addAll(List.of("perl", "-e", CLIENT, path.toString(), request, message));
    return run(command);
  }

  /** The user's own process is in other groups than the machine says: the machine counts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mail   | Billets-Agent: mail, Billets-Role: reader, Billets-Known-By: unix",
        "daemon | Billets-Agent: daemon, Billets-Role: agent, Billets-Known-By: unix",
        "root   | Billets-Agent: root, Billets-Role: admin, Billets-Known-By: unix",
        "bin    | HTTP/1.1 403 , The login bin is in no group that may use this server",
        "sys    | HTTP/1.1 403 , The login sys acts for others",
        "nobody | HTTP/1.1 403 , login as one that may be anybody's",
        "4242   | HTTP/1.1 403 , no name for the user with the number 4242",
      })
  void theGroupsOfTheMachineGiveTheRole(String user, String expected) throws Exception {
    String answer = ask(user, "");
    for (String part : expected.split(",")) {
      assertTrue(answer.contains(part.strip()), answer);
    }
  }

  @Test
  void aDelegateActsForOthersAndNoOtherDoes() throws Exception {
    String answer = ask("sys", "Billets-As: bob\r\n");
    assertTrue(answer.contains("Billets-Agent: bob\r\n"), answer);
    assertTrue(answer.contains("Billets-Role: agent\r\n"), answer);
    assertTrue(answer.contains("Billets-Known-By: delegate\r\n"), answer);
    String refused = ask("daemon", "Billets-As: bob\r\n");
    assertTrue(refused.startsWith("HTTP/1.1 403 "), refused);
    assertTrue(refused.contains("The login daemon may not act for others"), refused);
  }

  @Test
  void aLockFollowsOnlyAProcessOfItsHoldersUser() throws Exception {
    String create = "{'type':'CreateTicket','requestId':'r','ticket':{'title':'t'}}";
    ask("daemon", "", create.replace('\'', '"'));
    String lock = "{\"type\":\"LockTicket\",\"requestId\":\"r\",\"ticket\":1,\"whilePid\":%d}";
    String refused = ask("daemon", "", lock.formatted(ProcessHandle.current().pid()));
    assertTrue(refused.contains("\"code\":\"FORBIDDEN\""), refused);
    Process sleep =
        ChildProcesses.start(
            new ProcessBuilder("setpriv", "--reuid", "daemon", "--clear-groups", "sleep", "60"));
    try {
      await().until(() -> sleep.info().command().orElse("").endsWith("/sleep"));
      String granted = ask("daemon", "", lock.formatted(sleep.pid()));
      assertTrue(granted.contains("\"type\":\"TicketLocked\""), granted);
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void aChangeOfGroupsCountsAtTheNextConnection() throws Exception {
    assertTrue(ask("games", "").startsWith("HTTP/1.1 403 "));
    run(List.of("usermod", "--append", "--groups", GROUP, "games"));
    try {
      String answer = ask("games", "");
      assertTrue(answer.contains("Billets-Agent: games\r\n"), answer);
      assertTrue(answer.contains("Billets-Role: admin\r\n"), answer);
    } finally {
      run(List.of("gpasswd", "--delete", "games", GROUP));
    }
    assertTrue(ask("games", "").startsWith("HTTP/1.1 403 "));
  }
}
