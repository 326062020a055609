package org.lesbillets.cli.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.StallingProxy;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A server, a {@code billets watch}, and a {@code billets tui} in a terminal of tmux; the clients
 * reach the server through a proxy. Tickets are created past it. For one thread.
 */
final class SilenceRig implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on ws://127\\.0\\.0\\.1:([0-9]+)/");
  private static final Pattern REVISION = Pattern.compile("\"revision\":([0-9]+),");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path root;
  private final Path folder;
  final SoakProcess server;
  final StallingProxy proxy;
  final SoakProcess watch;
  private final String token;
  private final int port;
  private final List<Long> revisions = new ArrayList<>();

  SilenceRig(Path root, Path folder) throws IOException, InterruptedException {
    this.root = root;
    this.folder = folder;
    Path data = folder.resolve("data");
    String serving = root.resolve("server/target/billets-server/bin/billets-server").toString();
    server =
        SoakProcess.start(
            folder, "server", Map.of(), List.of(serving, "--port", "0", "--data", data.toString()));
    await("a server", () -> text(server).contains("ready on"));
    Matcher ready = READY.matcher(server.out());
    if (!ready.find()) {
      throw new IOException(server.out());
    }
    port = Integer.parseInt(ready.group(1));
    token = Files.readString(data.resolve("local.token")).strip();
    proxy = StallingProxy.to(port);
    watch =
        SoakProcess.start(
            folder, "watch", environment(), List.of(billets(), "watch", "-o", "jsonl"));
    openView();
    create();
    await("a watch that begins, and a view", () -> viewShowsAll() && create() && watchShowsAll());
  }

  private static String text(SoakProcess process) {
    try {
      return process.out() + process.err();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String billets() {
    return root.resolve("cli/target/billets/bin/billets").toString();
  }

  private Map<String, String> environment() {
    return Map.of(
        "BILLETS_SERVER",
        "ws://127.0.0.1:" + proxy.port(),
        "BILLETS_TOKEN",
        token,
        "BILLETS_ARCHIVE",
        "off",
        "XDG_CONFIG_HOME",
        folder.toString(),
        "XDG_STATE_HOME",
        folder.toString());
  }

  /** The shell stays above it, since tmux sends SIGCONT to a child of its own that is stopped. */
  private void openView() throws IOException, InterruptedException {
    StringBuilder command = new StringBuilder("cd '" + folder + "' && env");
    environment().forEach((name, value) -> command.append(" '" + name + "=" + value + "'"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeView));
    command.append(" '" + billets() + "' tui 2> view.err; :");
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "120",
        "-y",
        "30",
        "sh -c \"" + command + '"');
  }

  private String tmux(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("tmux", "-u", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(words));
    return SoakProcess.run(command);
  }

  /** The shell that runs the view. */
  ProcessHandle view() throws IOException, InterruptedException {
    long pid = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** The first line of the view. */
  private String header() {
    try {
      return tmux("capture-pane", "-p").lines().findFirst().orElse("");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the view shows as many tickets as there are, and says that it is live. */
  boolean viewShowsAll() {
    String header = header();
    return header.contains(" " + revisions.size() + " open") && header.contains(" live");
  }

  /** Whether the view says that what it shows may be behind. */
  boolean viewIsStale() {
    return !header().contains(" live");
  }

  /** The revisions the watch printed. */
  List<Long> watched() {
    List<Long> all = new ArrayList<>();
    Matcher line = REVISION.matcher(out());
    while (line.find()) {
      all.add(Long.parseLong(line.group(1)));
    }
    return all;
  }

  private String out() {
    try {
      // Each line of an event bears its revision once outside of its ticket, and first.
      StringBuilder heads = new StringBuilder();
      watch.out().lines().forEach(line -> heads.append(line, 0, Math.min(100, line.length())));
      return heads.toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean watchShowsAll() {
    List<Long> watched = watched();
    return !watched.isEmpty()
        && watched.get(watched.size() - 1).equals(revisions.get(revisions.size() - 1));
  }

  /** How much the watch has said on standard error. */
  int watchSaid() {
    try {
      return watch.err().length();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every event since the watch's first was printed once, in order. */
  boolean watchMissedNothing() {
    List<Long> watched = watched();
    return revisions.subList(revisions.indexOf(watched.get(0)), revisions.size()).equals(watched);
  }

  /** Creates a ticket, past the proxy. */
  boolean create() {
    ClientSettings settings =
        new ClientSettings(
            ServerAddress.parseAll("ws://127.0.0.1:" + port), () -> token, Duration.ofSeconds(30));
    TicketContent draft = TicketContent.titled("wanted");
    try (TicketClient client = TicketClient.connect(settings, PushListener.NONE)) {
      EventMessage made =
          (EventMessage)
              client.ask(new ClientMessage.CreateTicket(client.nextRequestId(), null, draft));
      revisions.add(made.event().revision());
    }
    return true;
  }

  /** Waits until this holds; how long that took. */
  static Duration await(String what, Supplier<Boolean> condition) throws IOException {
    long began = System.nanoTime();
    while (!condition.get()) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IOException("there never was " + what);
      }
      LockSupport.parkNanos(50_000_000);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void closeView() {
    try {
      tmux("kill-server");
    } catch (IOException e) {
      // It is closed already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closeView();
    watch.close();
    server.close();
    proxy.close();
  }
}
