package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.DeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/**
 * A cluster of one member: a process on free ports of the loopback interface, with its data in a
 * temporary directory, which ends with this virtual machine at the latest. One thread starts and
 * stops it; any asks.
 */
public final class EtcdMember implements AutoCloseable {
  private static final int TRIES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** In memory, where there is such a place: tests need not wait for a disk. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path data;
  private final List<String> command;
  private final int port;
  private Process process;

  private EtcdMember(Path data, List<String> options, String scheme) throws IOException {
    this.data = data;
    this.port = freePort();
    String peer = "http://127.0.0.1:" + freePort();
    String client = scheme + "://127.0.0.1:" + port;
    command =
        new ArrayList<>(
            List.of(
                RequiredTools.find("etcd", "etcd-server").toString(),
                "--name=m",
                "--data-dir=" + data.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=m=" + peer,
                "--heartbeat-interval=20",
                "--election-timeout=200",
                "--logger=zap",
                "--log-level=error"));
    command.addAll(options);
  }

  /** Starts one with options of its own. */
  public static EtcdMember start(String... options) throws IOException, InterruptedException {
    return start("http", options);
  }

  static EtcdMember startSecure(String... options) throws IOException, InterruptedException {
    return start("https", options);
  }

  private static EtcdMember start(String scheme, String... options)
      throws IOException, InterruptedException {
    // Without it there is no directory to be left behind.
    RequiredTools.find("etcd", "etcd-server");
    for (int left = TRIES; ; left--) {
      Path data =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "etcd")
              : Files.createTempDirectory("etcd");
      EtcdMember member = new EtcdMember(data, List.of(options), scheme);
      try {
        member.run();
        return member;
      } catch (IOException e) {
        // Another program may have been quicker to take the port.
        member.close();
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** Starts the process, also where it has ended before. */
  void run() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ETCD_UNSUPPORTED_ARCH", System.getProperty("os.arch"));
    Path log = data.resolve("log");
    process = ChildProcesses.start(builder.redirectOutput(log.toFile()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException("etcd does not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  /** The URL of a desk on it. */
  public String url(String prefix) {
    return "etcd://127.0.0.1:" + port + "/" + prefix;
  }

  EtcdAccess access(String prefix) {
    return EtcdAccess.open(EtcdAddress.parse(url(prefix)));
  }

  /** Deletes a desk. */
  void delete(String prefix) throws ExecutionException, InterruptedException {
    ByteSequence keys = ByteSequence.from(prefix + "/", UTF_8);
    try (Client client = Client.builder().endpoints("http://127.0.0.1:" + port).build()) {
      client.getKVClient().delete(keys, DeleteOption.builder().isPrefix(true).build()).get();
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    if (ChildProcesses.start(new ProcessBuilder("kill", "-" + name, pid)).waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
