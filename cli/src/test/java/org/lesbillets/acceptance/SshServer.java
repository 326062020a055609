package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.tidy.RequiredTools;

/**
 * A real {@code sshd} on a free port of the loopback interface, with keys and a configuration of
 * its own, into which the user of this process logs in. For one thread; ended by {@link #close}.
 */
final class SshServer implements AutoCloseable {
  private final Path folder;
  private final Running running;
  private final int port;

  private SshServer(Path folder, Running running, int port) {
    this.folder = folder;
    this.running = running;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param folder the test's own
   * @param variables of the sessions, as {@code NAME=VALUE}
   */
  static SshServer start(Path folder, String... variables) throws IOException {
    Path usual = Path.of("/usr/sbin/sshd");
    Path program = Files.isExecutable(usual) ? usual : RequiredTools.find("sshd", "openssh-server");
    RequiredTools.find("ssh", "openssh-client");
    Files.createDirectories(folder.resolve("keys"));
    key(folder, "host");
    if (System.getProperty("user.name").equals("root")) {
      // Where it gives up its rights in between; elsewhere it has none.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port = freePort();
    Path settings = folder.resolve("sshd_config");
    Files.write(
        settings,
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + folder.resolve("host"),
            "AuthorizedKeysFile " + folder.resolve("keys") + "/%u",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PidFile none",
            "AcceptEnv LANG LC_*",
            "Subsystem sftp internal-sftp",
            "SetEnv " + String.join(" ", variables)));
    Running running =
        Running.start(folder, Map.of(), List.of("" + program, "-D", "-e", "-f", "" + settings));
    await("sshd").until(() -> !running.isAlive() || running.err().contains("Server listening"));
    return new SshServer(folder, running, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  private static void key(Path folder, String name) {
    List<String> words =
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "" + folder.resolve(name));
    Running.run(folder, Map.of(), words).succeeds();
  }

  /**
   * Makes a key, and lets it in.
   *
   * @param user the account
   * @param options what stands before the key; perhaps empty
   */
  void admit(String user, String name, String options) throws IOException {
    key(folder, name);
    String line = (options + " " + Files.readString(folder.resolve(name + ".pub"))).strip();
    Path keys = folder.resolve("keys").resolve(user);
    List<String> lines = new ArrayList<>(Files.exists(keys) ? Files.readAllLines(keys) : List.of());
    lines.add(line);
    Files.write(keys, lines);
  }

  /** The words of {@code ssh} with a key. */
  List<String> ssh(String user, String key, String... words) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("ssh", "-F", "/dev/null", "-p", "" + port));
    all.addAll(List.of("-i", "" + folder.resolve(key), "-o", "IdentitiesOnly=yes"));
    all.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR"));
    all.addAll(List.of("-o", "UserKnownHostsFile=/dev/null", "-o", "SendEnv=LC_ALL"));
    all.addAll(List.of(words));
    all.add(all.size() - words.length, user + "@127.0.0.1");
    return all;
  }

  /** Runs a command over it. */
  ProcessOutcome run(String user, String key, String... command) {
    return Running.run(folder, Map.of(), ssh(user, key, command));
  }

  /** A terminal on this machine in which {@code ssh -t} runs a command. */
  TmuxServer terminal(String name, String user, String key, String command) {
    List<String> words = ssh(user, key, command.isEmpty() ? new String[0] : new String[] {command});
    words.add(1, "-tt");
    List<String> quoted = words.stream().map(word -> "'" + word + "'").toList();
    return TmuxServer.run(folder.resolve("terminal-" + name), Map.of(), String.join(" ", quoted));
  }

  @Override
  public void close() {
    running.close();
  }
}
