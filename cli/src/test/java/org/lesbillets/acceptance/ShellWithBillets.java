package org.lesbillets.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lesbillets.tidy.RequiredTools;

/**
 * A shell in which the word {@code billets} reaches this process, so that a script of many calls
 * starts no virtual machine for each. What has to be a process (it runs other programs) is one. Has
 * a thread that takes the calls, one after the other.
 */
final class ShellWithBillets implements AutoCloseable {
  /**
   * Nobody presses Ctrl-C here: a watch that would go on for ever hears of what happened before,
   * and ends with the first of it.
   */
  private static final String STAND_IN =
      """
      #!/bin/bash
      words=("$@")
      if [[ $1 == watch && $* != *--since* ]]; then
        words+=(--since 0)
        [[ $* == *--count* || $* == *--within* ]] || words+=(--count 1)
      fi
      case "$1 $*" in
        work*) exec billets-process "${words[@]}" ;;
        batch* | import* | *' import '* | edit* | watch*--exec* | lock*' -- '* | claim*' -- '*)
          exec billets-process "${words[@]}"
          ;;
      esac
      [[ -z $BILLETS_TOKEN_FILE || $BILLETS_TOKEN_FILE == /* ]] ||
        export BILLETS_TOKEN_FILE=$PWD/$BILLETS_TOKEN_FILE
      input=
      [[ ! -p /dev/stdin ]] || input=$(base64 -w0)
      exec 3<>"/dev/tcp/127.0.0.1/$BILLETS_STAND_IN"
      variables=()
      for name in "${!BILLETS_@}"; do variables+=("$name=${!name}"); done
      {
        echo "$input"
        ((${#words[@]} == 0)) || printf '%s\\0' "${words[@]}" | base64 -w0; echo
        printf '%s\\0' "${variables[@]}" | base64 -w0; echo
      } >&3
      read -r code said <&3
      cat <&3
      base64 -d <<<"$said" >&2
      exit "$code"
      """;

  private final Path bash = RequiredTools.find("bash", "bash");
  private final Path folder;
  private final Billets agent;
  private final ServerSocket socket;

  /**
   * @param folder of this shell's own: where it works, and its programs lie in {@code bin}
   */
  ShellWithBillets(Path folder, Billets agent) throws IOException {
    this.folder = folder;
    this.agent = agent;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Files.createDirectories(folder.resolve("bin"));
    program("bin/billets", STAND_IN);
    String process =
        Distribution.billetsFromClasses().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    program("bin/billets-process", "#!/bin/sh\nexec " + process + " \"$@\"\n");
    Thread calls = new Thread(this::takeCalls, "stand-in");
    calls.setDaemon(true);
    calls.start();
  }

  /** Puts a program where the shell finds it. */
  void program(String name, String script) throws IOException {
    Path path = Files.writeString(folder.resolve(name), script);
    if (!path.toFile().setExecutable(true)) {
      throw new IOException(path + " cannot be made executable");
    }
  }

  ProcessOutcome run(Map<String, String> variables, String script) {
    try (Running running = start(variables, script)) {
      return running.outcome();
    }
  }

  /** Starts a script, ended by the caller. */
  Running start(Map<String, String> variables, String script) {
    Map<String, String> environment = environment();
    environment.putAll(variables);
    return Running.start(folder, environment, List.of(bash.toString(), "-c", script));
  }

  /** What a shell needs to find these programs, and billets its server. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(agent.environment());
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("BILLETS_STAND_IN", Integer.toString(socket.getLocalPort()));
    return environment;
  }

  private void takeCalls() {
    try {
      while (true) {
        try (Socket call = socket.accept()) {
          answer(call);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(Socket call) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.US_ASCII));
    String input = decoded(in.readLine());
    String[] words = decodedList(in.readLine());
    Billets caller = agent;
    for (String variable : decodedList(in.readLine())) {
      int end = variable.indexOf('=');
      caller = caller.with(variable.substring(0, end), variable.substring(end + 1));
    }
    ProcessOutcome outcome = caller.run(input, words);
    String said =
        Base64.getEncoder().encodeToString(outcome.err().getBytes(StandardCharsets.UTF_8));
    OutputStream out = call.getOutputStream();
    String head = outcome.exit() + " " + said + "\n";
    out.write((head + outcome.out()).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Texts that a NUL ends, all in one line. */
  private static String[] decodedList(String base64) {
    String[] texts = decoded(base64).split("\0", -1);
    return Arrays.copyOf(texts, texts.length - 1);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
