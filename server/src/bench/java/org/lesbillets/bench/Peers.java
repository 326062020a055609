package org.lesbillets.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs this server is measured beside, from PATH or where {@code scripts/bench peers}
 * unpacked them ({@code -Dbench.peers=FOLDER}). One thread.
 */
final class Peers {
  private static final String INSTALL = ": scripts/bench peers gets it";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Scratch scratch;
  private final Predicate<String> wanted;
  private final Map<String, String> environment;
  private final List<String> missing = new ArrayList<>();

  /**
   * @param scratch where their data and logs are
   */
  Peers(Scratch scratch) throws IOException {
    this(scratch, program -> true);
  }

  /**
   * @param wanted of programs, such as {@code gcc} for the loop in C
   */
  Peers(Scratch scratch, Predicate<String> wanted) throws IOException {
    this.scratch = scratch;
    this.wanted = wanted;
    this.environment = ChildProgram.clean(scratch.folder());
    environment.put("NODE_PATH", nodePath());
    String folder = System.getProperty("bench.peers");
    if (folder != null && Files.isDirectory(Path.of(folder, "usr"))) {
      Path usr = Path.of(folder, "usr");
      environment.merge("PATH", usr + "/bin:" + usr + "/sbin", (a, b) -> a + ":" + b);
      try (DirectoryStream<Path> libraries =
          Files.newDirectoryStream(usr.resolve("lib"), "*-linux-gnu*")) {
        libraries.forEach(library -> environment.put("LD_LIBRARY_PATH", library.toString()));
      }
    }
  }

  /** Where Node.js finds the package ws, if it is anywhere. */
  static String nodePath() {
    List<String> modules = new ArrayList<>();
    if (System.getenv("NODE_PATH") != null) {
      modules.add(System.getenv("NODE_PATH"));
    }
    if (System.getProperty("bench.peers") != null) {
      modules.add(System.getProperty("bench.peers") + "/usr/share/nodejs");
    }
    modules.add("/usr/share/nodejs");
    return String.join(":", modules);
  }

  /** Sentences about what was looked for and is not there. */
  List<String> missing() {
    return missing;
  }

  private Optional<Path> find(String program, String instead) {
    for (String folder : environment.get("PATH").split(":")) {
      Path file = Path.of(folder, program);
      if (wanted.test(program) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    missing.add(
        wanted.test(program)
            ? "no " + program + instead
            : "without " + program + ", as --beside says");
    return Optional.empty();
  }

  /** A program that listens, and where. */
  record Listening(ChildProgram program, int port) implements AutoCloseable {
    @Override
    public void close() {
      program.close();
    }
  }

  private ChildProgram start(String name, List<String> command) throws IOException {
    return new ChildProgram(command, environment, scratch.folder().resolve(name + ".log"));
  }

  private Path resource(String name) throws IOException {
    Path file = scratch.folder().resolve(name);
    if (!Files.exists(file)) {
      try (InputStream source = Peers.class.getResourceAsStream(name)) {
        Files.copy(source, file);
      }
    }
    return file;
  }

  /** Broadcasts with Node.js and ws, if they are there. */
  Optional<Listening> nodeBroadcast() throws IOException {
    Optional<Path> node = find("node", INSTALL);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    ChildProgram program =
        start("node", List.of(node.get().toString(), resource("broadcast.js").toString()));
    String port = program.out().readLine();
    if (port == null) {
      program.close();
      missing.add("no package ws for Node.js" + INSTALL);
      return Optional.empty();
    }
    return Optional.of(new Listening(program, Integer.parseInt(port)));
  }

  /**
   * Broadcasts with a loop in C, if there is a compiler.
   *
   * @param joins what leaves in one write: {@code read} or {@code round}
   */
  Optional<Listening> cBroadcast(String joins) throws IOException, InterruptedException {
    Optional<Path> gcc = find("gcc", ": install gcc and libc6-dev");
    if (gcc.isEmpty()) {
      return Optional.empty();
    }
    Path binary = scratch.folder().resolve("broadcast");
    if (!Files.exists(binary) && !compiles(gcc.get(), binary)) {
      missing.add("the loop in C does not compile");
      return Optional.empty();
    }
    ChildProgram program = start("c-" + joins, List.of(binary.toString(), joins));
    return Optional.of(new Listening(program, Integer.parseInt(program.firstLine())));
  }

  private boolean compiles(Path gcc, Path binary) throws IOException, InterruptedException {
    String source = resource("broadcast.c").toString();
    return new ProcessBuilder(gcc.toString(), "-O2", "-o", binary.toString(), source)
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  /** Core NATS, if it is there. */
  Optional<Listening> nats() throws IOException {
    Optional<Path> nats = find("nats-server", INSTALL);
    if (nats.isEmpty()) {
      return Optional.empty();
    }
    ChildProgram program =
        start("nats", List.of(nats.get().toString(), "-a", "127.0.0.1", "-p", "-1"));
    Matcher port =
        await(program, Pattern.compile("client connections on 127\\.0\\.0\\.1:([0-9]+)"));
    return Optional.of(new Listening(program, Integer.parseInt(port.group(1))));
  }

  /**
   * Redis that synchronizes its file at each append.
   *
   * @param folder of its data
   */
  Optional<Listening> redis(Path folder) throws IOException {
    Optional<Path> redis = find("redis-server", INSTALL);
    if (redis.isEmpty()) {
      return Optional.empty();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ChildProgram program =
        start(
            "redis",
            List.of(
                redis.get().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                ""));
    StringBuilder said = new StringBuilder();
    while (said.indexOf("Ready to accept connections") < 0) {
      said.append(program.firstLine()).append('\n');
    }
    return Optional.of(new Listening(program, port));
  }

  private static Matcher await(ChildProgram program, Pattern line) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end && program.isAlive()) {
      Matcher matcher = line.matcher(program.log());
      if (matcher.find()) {
        return matcher;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    program.close();
    throw new IOException("did not start: " + program.log());
  }
}
