package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.lesbillets.fault.FaultCommand;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.sqlite.SqliteVerification;
import org.lesbillets.server.soak.inject.Injection;

/**
 * Fails the n-th call of each kind on the files of a data directory, or kills the server in it,
 * with n rising until a whole life of the server has no such call: its first start, four writers
 * with comments large enough for a checkpoint, and SIGTERM. Then the same data are served without a
 * fault, what did not happen is asked again, and the journal is compared with the answers.
 */
final class InjectRun implements FaultRun {
  private static final int WRITERS = 4;
  private static final int COMMENTS = 90;
  private static final String FILLER = "x".repeat(48_000);
  private static final int PATIENCE_SECONDS = 60;

  private final Plan plan;
  private final Random random;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Violations violations = new Violations();
  private final Map<String, Series> series = new LinkedHashMap<>();

  /** A series for each kind and call. */
  record Plan(Set<Injection.Kind> kinds, List<String> calls, Counts counts, long seed) {

    /**
     * Which n are tried.
     *
     * @param first the n each series begins with; 1 or more
     * @param each up to which n none is left out
     * @param step beyond that, n grows by one part in so many; 1 or more
     * @param most cases of a series
     */
    record Counts(int first, int each, int step, int most) {
      int after(int n) {
        return n < each ? n + 1 : n + Math.max(1, n / step);
      }
    }
  }

  /** How a life ended. */
  private enum End {
    NOT_REACHED,
    KILLED,
    REFUSED_START,
    READ_ONLY,
    WENT_ON
  }

  /** The cases of one kind and call. */
  private static final class Series {
    private final Map<End, Integer> ends = new EnumMap<>(End.class);
    private int acknowledged;
    private int last;
  }

  InjectRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    try {
      for (Injection.Kind kind : plan.kinds) {
        for (String call : plan.calls) {
          run(directory.toRealPath(), kind, call);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    FaultReport report = new FaultReport(violations);
    series.forEach(
        (name, one) ->
            report.add(
                name, "up to n = %,d: %s, %,d acknowledged", one.last, one.ends, one.acknowledged));
    return report;
  }

  private void run(Path directory, Injection.Kind kind, String call) throws Exception {
    Series cases = series.computeIfAbsent(kind + " " + call, name -> new Series());
    End end = null;
    int n = plan.counts.first;
    for (int i = 0; i < plan.counts.most && end != End.NOT_REACHED; i++) {
      Case one = new Case(new Injection(kind, call, n), directory.resolve(kind + call + n));
      end = one.run();
      cases.ends.merge(end, 1, Integer::sum);
      cases.acknowledged += one.acknowledged();
      cases.last = end == End.NOT_REACHED ? cases.last : n;
      System.out.printf(
          "%-22s %-13s %,d answered of %,d %s%n",
          one.injection, end, one.acknowledged(), one.operations.size(), one.sentence);
      n = plan.counts.after(n);
    }
  }

  /** One fault. One thread, beside those of its writers. */
  private final class Case {
    private final Injection injection;
    private final Path log;
    private final SoakServer server;
    private final List<ServerMessage.EventMessage> created = new ArrayList<>();
    private final List<LockOperation> operations = new ArrayList<>();
    private boolean readOnly;
    private String sentence = "";

    Case(Injection injection, Path directory) {
      Path data = directory.resolve("data");
      this.injection = injection;
      this.log = directory.resolve("calls");
      this.server = new SoakServer(data, Map.of(), injection.prefix(log, data));
    }

    int acknowledged() {
      return (int) operations.stream().filter(LockOperation::isDone).count();
    }

    private void wrong(String pattern, Object... arguments) {
      violations.add("%s: %s", injection, pattern.formatted(arguments));
    }

    End run() throws Exception {
      int before = violations.count();
      for (String agent : ChangeLoad.agents(WRITERS)) {
        server.admit(agent);
      }
      End end = live();
      SoakServer again = server.on(server.data());
      Files.move(server.log(), log.resolveSibling("first.log"));
      serveAgain(again);
      if (violations.count() == before) {
        FaultCommand.remove(log.getParent());
      }
      return end;
    }

    private End live() throws Exception {
      boolean started = start(server);
      if (started) {
        write();
      }
      int exit = server.terminate(PATIENCE_SECONDS);
      if (exit < 0) {
        wrong("it does not end");
        server.kill();
      }
      boolean reached = injection.hasFailed(log) || exit == 128 + 9;
      String said = Files.readString(server.log());
      if (said.contains("\tat ") || said.contains("Exception in thread")) {
        wrong("a stack trace in its log");
      }
      if (!reached) {
        if (!started || exit != 0 || readOnly) {
          wrong("without a fault it ended with %d: %s", exit, said);
        }
        return End.NOT_REACHED;
      }
      if (exit == 128 + 9) {
        return End.KILLED;
      }
      sentence = said.lines().filter(InjectRun::isSentence).findFirst().orElse("");
      if ((!started || readOnly) && sentence.isEmpty()) {
        wrong("it did not say what is wrong: %s", said);
      }
      return !started ? End.REFUSED_START : readOnly ? End.READ_ONLY : End.WENT_ON;
    }

    /** Whether it became ready; it is killed when it does neither that nor end. */
    private boolean start(SoakServer started) throws IOException {
      started.begin();
      CompletableFuture<Boolean> ready =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  started.awaitReady();
                  return true;
                } catch (IOException e) {
                  return false;
                }
              },
              threads);
      try {
        return ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        wrong("neither ready nor ended after %d s: %s", PATIENCE_SECONDS, e);
        started.close();
        return false;
      }
    }

    private void write() throws InterruptedException {
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (String agent : ChangeLoad.agents(WRITERS)) {
        Random ids = new Random(random.nextLong());
        writers.add(CompletableFuture.runAsync(() -> write(agent, ids), threads));
      }
      for (CompletableFuture<Void> writer : writers) {
        try {
          writer.get();
        } catch (ExecutionException e) {
          wrong("a writer ended: %s", e.getCause());
        }
      }
    }

    private void write(String agent, Random ids) {
      try (SoakConnection connection = server.connect(agent)) {
        UUID id = new UUID(ids.nextLong(), ids.nextLong());
        TicketContent content = TicketContent.titled(agent);
        connection.send(new ClientMessage.CreateTicket("create", id, content));
        if (!(connection.answer("create") instanceof ServerMessage.EventMessage made)) {
          note(null, true);
          return;
        }
        note(made, false);
        TicketRef ticket = TicketRef.of(made.event().event().ticket().number());
        boolean goesOn = true;
        for (int i = 0; goesOn && i < COMMENTS; i++) {
          String mark = agent + "-" + i + " " + FILLER;
          id = new UUID(ids.nextLong(), ids.nextLong());
          goesOn =
              ask(
                  connection,
                  agent,
                  mark,
                  new ClientMessage.CommentTicket(id + "/1", id, ticket, mark));
        }
      } catch (IOException e) {
        // The server has ended; how, its exit code tells.
      }
    }

    private synchronized void note(ServerMessage.EventMessage made, boolean refused) {
      readOnly |= refused;
      if (made != null) {
        created.add(made);
      }
    }

    private boolean ask(
        SoakConnection connection, String agent, String mark, ClientMessage.TicketChange change) {
      long began = System.nanoTime();
      ServerMessage.Answer answer = null;
      try {
        connection.send(change);
        answer = connection.answer(change.requestId());
      } catch (IOException e) {
        // Not answered.
      }
      long ended = answer == null ? Long.MAX_VALUE : System.nanoTime();
      synchronized (this) {
        operations.add(new LockOperation(agent, mark, change, 1, began, began, ended, answer));
        readOnly |= isRefused(answer, RejectionCode.READ_ONLY);
      }
      return answer != null && !isRefused(answer, RejectionCode.READ_ONLY);
    }

    private void serveAgain(SoakServer again) throws Exception {
      try (again) {
        if (!start(again)) {
          wrong("no start without the fault: %s", Files.readString(again.log()));
          return;
        }
        compare(again, operations);
        List<LockOperation> settled = new ArrayList<>();
        for (LockOperation operation : operations) {
          settled.add(operation.isDone() ? operation : askAgain(again, operation));
        }
        compare(again, settled);
        int exit = again.terminate(PATIENCE_SECONDS);
        if (exit != 0) {
          wrong("the server after it ended with %d", exit);
        }
        SqliteVerification.ofData(server.data())
            .problems()
            .forEach(problem -> wrong("verify: %s", problem));
      } catch (IOException | JournalException e) {
        wrong("after it: %s", e);
      }
    }

    private void compare(SoakServer again, List<LockOperation> asked) throws IOException {
      List<SequencedEvent> events;
      try (SoakConnection connection = again.connect("writer0")) {
        events = connection.history();
      }
      new HistoryCheck(events, asked).check().first().forEach(one -> wrong("%s", one));
      Set<String> marks = events.stream().map(EventWords::mark).collect(Collectors.toSet());
      for (LockOperation operation : asked) {
        boolean denied =
            isRefused(operation.answer(), RejectionCode.READ_ONLY)
                || isRefused(operation.answer(), RejectionCode.BUSY);
        if (denied && marks.contains(operation.mark())) {
          wrong("refused, and happened: %s", operation);
        }
      }
      for (ServerMessage.EventMessage made : created) {
        if (!events.contains(made.event())) {
          wrong("lost: %s", made);
        }
      }
    }

    private LockOperation askAgain(SoakServer again, LockOperation first) throws IOException {
      ClientMessage.TicketChange change = first.change();
      String request = change.operationId() + "/2";
      long asked = System.nanoTime();
      try (SoakConnection connection = again.connect(first.agent())) {
        connection.send(change.identified(request, change.operationId()));
        ServerMessage.Answer answer = connection.answer(request);
        if (!(answer instanceof ServerMessage.EventMessage)) {
          wrong("asked again, it was answered %s", answer);
        }
        return new LockOperation(
            first.agent(),
            first.mark(),
            change,
            2,
            first.began(),
            asked,
            System.nanoTime(),
            answer);
      }
    }
  }

  private static boolean isRefused(ServerMessage.Answer answer, RejectionCode code) {
    return answer instanceof ServerMessage.Rejected no && no.code() == code;
  }

  private static boolean isSentence(String line) {
    return !line.contains("INFO") && line.contains(" ") && line.length() > 30;
  }
}
