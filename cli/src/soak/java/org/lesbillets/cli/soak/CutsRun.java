package org.lesbillets.cli.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.StallingProxy;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.query.TicketQuery;

/**
 * Watching clients and writers, each behind a proxy of its own, whose connections are cut, dropped
 * and half-opened, and whose server is paused. After each fault a change is made past the proxies,
 * and every client must have it within 5 s; at the end every client must have every event once.
 */
final class CutsRun implements FaultRun {
  static final int TICKETS = 20;

  /** No writer changes its priority: the filtered watches are told of its changes. */
  private static final TicketRef MARKED = TicketRef.of(TICKETS + 1);

  private static final String FILTER = "priority:>=high";
  private static final int WRITERS = 4;
  private static final Pattern READY = Pattern.compile("ready on ws://127\\.0\\.0\\.1:([0-9]+)/");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long RESUMED_MILLIS = 5_000;

  /** So long that a client has noticed that its connection is dead. */
  private static final long SILENCE_MILLIS = 12_500;

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();
  private final List<Long> resumedMillis = new ArrayList<>();
  private final List<StallingProxy> writerProxies = new ArrayList<>();
  private final List<CutClient> clients = new ArrayList<>();
  private String token;
  private int port;
  private SoakProcess server;

  /**
   * @param root of the checkout, with built distributions
   * @param cuts connections that are reset
   * @param silences connections that lose all bytes, or their other end, without a FIN
   * @param pauses of the server, by SIGSTOP
   * @param small whether pauses are short and times are not judged, for a busy machine
   */
  record Plan(Path root, int cuts, int silences, int pauses, long seed, boolean small) {}

  CutsRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    serve(directory);
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicBoolean over = new AtomicBoolean();
    try (ChangeSender marker = new ChangeSender(settings(port))) {
      fill(marker);
      watch(directory);
      List<Future<CutWriter>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        StallingProxy proxy = StallingProxy.to(port);
        writerProxies.add(proxy);
        Random own = new Random(random.nextLong());
        writing.add(
            threads.submit(new CutWriter(settings(proxy.port()), "writer" + i, own, over::get)));
      }
      awaitAll(marker, "at the beginning");
      resumedMillis.clear();
      faults(marker);
      over.set(true);
      List<CutWriter> writers = ended(writing);
      awaitAll(marker, "at the end");
      clients.forEach(CutClient::close);
      CutsCheck.compare(settings(port), clients, writers, violations);
      return report(writers);
    } finally {
      over.set(true);
      threads.shutdownNow();
      writerProxies.forEach(StallingProxy::close);
      clients.forEach(CutClient::close);
      server.close();
    }
  }

  private void serve(Path directory) throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    Path launcher = plan.root.resolve("server/target/billets-server/bin/billets-server");
    server =
        SoakProcess.start(
            directory,
            "server",
            Map.of("BILLETS_SERVER_JAVA_OPTS", "-Xmx1g"),
            List.of(launcher.toString(), "--port", "0", "--data", data.toString()));
    SilenceRig.await("a server", () -> READY.matcher(text(server)).find());
    Matcher ready = READY.matcher(server.out());
    if (!ready.find()) {
      throw new IOException(server.out());
    }
    port = Integer.parseInt(ready.group(1));
    token = Files.readString(data.resolve("local.token")).strip();
  }

  private static String text(SoakProcess process) {
    try {
      return process.out();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ClientSettings settings(int at) {
    List<ServerAddress> address = ServerAddress.parseAll("ws://127.0.0.1:" + at);
    return new ClientSettings(address, () -> token, Duration.ofSeconds(10));
  }

  private void fill(ChangeSender marker) {
    for (int i = 0; i < TICKETS; i++) {
      marker.change(new ClientMessage.CreateTicket(TicketContent.titled("wanted")));
    }
    marker.change(new ClientMessage.CreateTicket(TicketContent.titled("marked")));
    TicketPatch urgent = TicketPatch.of(TicketField.PRIORITY, Priority.URGENT);
    marker.change(new ClientMessage.UpdateTicket(MARKED, urgent, null));
  }

  /** Six watches of the client's own, two of which have a filter, and two processes. */
  private void watch(Path directory) throws Exception {
    for (int i = 0; i < 6; i++) {
      StallingProxy proxy = StallingProxy.to(port);
      TicketQuery query = i < 4 ? null : TicketQuery.parse(FILTER);
      clients.add(new WatchingClient(proxy, settings(proxy.port()), query));
    }
    for (int i = 0; i < 2; i++) {
      StallingProxy proxy = StallingProxy.to(port);
      String name = "watch" + i;
      List<String> command = new ArrayList<>();
      command.add(plan.root.resolve("cli/target/billets/bin/billets").toString());
      command.addAll(List.of("watch", "--since", "0", "--all", "-o", "jsonl"));
      Map<String, String> environment =
          Map.of(
              "BILLETS_SERVER",
              "ws://127.0.0.1:" + proxy.port(),
              "BILLETS_TOKEN",
              token,
              "BILLETS_ARCHIVE",
              "off",
              "XDG_CONFIG_HOME",
              directory.toString());
      SoakProcess process = SoakProcess.start(directory, name, environment, command);
      clients.add(new PrintingClient(proxy, process, directory.resolve(name + ".out")));
    }
  }

  private void faults(ChangeSender marker) throws IOException, InterruptedException {
    int[] left = {plan.cuts, plan.silences, plan.pauses};
    while (left[0] + left[1] + left[2] > 0) {
      int drawn = random.nextInt(left[0] + left[1] + left[2]);
      if (drawn < left[0]) {
        left[0] -= cut(Math.min(left[0], 1 + random.nextInt(victims().size())));
        awaitAll(marker, "after cuts");
      } else if (drawn < left[0] + left[1]) {
        left[1] -= silence(Math.min(left[1], victims().size()));
        awaitAll(marker, "after silences");
      } else {
        left[2]--;
        pause();
        awaitAll(marker, "after a pause");
      }
    }
  }

  /** The proxies in random order. */
  private List<StallingProxy> victims() {
    List<StallingProxy> all = new ArrayList<>(writerProxies);
    clients.forEach(client -> all.add(client.proxy()));
    Collections.shuffle(all, random);
    return all;
  }

  private int cut(int count) {
    for (StallingProxy proxy : victims().subList(0, count)) {
      proxy.delay(random.nextInt(3) == 0 ? random.nextInt(20) : 0);
      parkMillis(random.nextInt(40));
      proxy.reset();
    }
    return count;
  }

  private int silence(int count) {
    List<StallingProxy> silent = victims().subList(0, count);
    for (StallingProxy proxy : silent) {
      if (random.nextBoolean()) {
        proxy.swallow();
      } else {
        proxy.halfOpen();
      }
    }
    parkMillis(SILENCE_MILLIS + random.nextInt(1_000));
    silent.forEach(StallingProxy::forward);
    return count;
  }

  /** Mostly short; one in five longer than a server waits for a client's pong. */
  private void pause() throws IOException, InterruptedException {
    SoakProcess.signal("STOP", server.handle());
    parkMillis(!plan.small && random.nextInt(5) == 0 ? 27_000 : 200 + random.nextInt(3_000));
    SoakProcess.signal("CONT", server.handle());
  }

  private static void parkMillis(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Makes a change past the proxies, and waits until every client has it. */
  private void awaitAll(ChangeSender marker, String when) throws IOException {
    long began = System.nanoTime();
    long marked =
        marker.change(new ClientMessage.CommentTicket(MARKED, "mark"), PATIENCE).event().revision();
    for (CutClient client : clients) {
      SilenceRig.await("the mark " + when, () -> client.lastRevision() >= marked);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      resumedMillis.add(millis);
      if (millis > RESUMED_MILLIS && !plan.small && !when.startsWith("at the")) {
        violations.add("client %d was back %d ms %s", clients.indexOf(client), millis, when);
      }
    }
  }

  private static List<CutWriter> ended(List<Future<CutWriter>> writing)
      throws InterruptedException, ExecutionException {
    List<CutWriter> writers = new ArrayList<>();
    for (Future<CutWriter> writer : writing) {
      writers.add(writer.get());
    }
    return writers;
  }

  private FaultReport report(List<CutWriter> writers) {
    FaultReport report = new FaultReport(violations);
    List<Long> sorted = new ArrayList<>(resumedMillis);
    Collections.sort(sorted);
    report.add(
        "faults", "%,d cuts, %,d silences, %,d pauses", plan.cuts, plan.silences, plan.pauses);
    report.add(
        "changes", "%,d acknowledged", writers.stream().mapToInt(w -> w.revisions().size()).sum());
    report.add(
        "resumed",
        "median %,d ms, 99 %% %,d ms, longest %,d ms",
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1));
    return report;
  }
}
