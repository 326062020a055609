package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.soak.power.DiskOperation;
import org.lesbillets.server.soak.power.DiskRecording;
import org.lesbillets.server.soak.power.PowerCut;
import org.lesbillets.server.soak.power.RecordedLife;

/**
 * Records a server's writes under load over three lives, two of which SIGKILL ends, and opens what
 * a disk may hold after power cuts at random instants: see {@link PowerImage}.
 */
final class PowerRun implements FaultRun {
  private static final int WRITERS = 4;
  private static final int TICKETS = 40;
  private static final int LIVES = 3;
  private static final Pattern ANSWER =
      Pattern.compile("\"requestId\":\"(\\p{XDigit}{8}-[\\p{XDigit}-]{27})/");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();

  private final List<RecordedLife> lives = new ArrayList<>();

  /** By instant, the operations that were acknowledged then or before. */
  private final NavigableMap<Integer, LockOperation> acknowledged = new TreeMap<>();

  /**
   * @param images how many power cuts
   * @param servers of them, how many are given to a server; the others are opened as a journal
   * @param changes acknowledged in each life
   */
  record Plan(int images, int servers, int changes, long seed) {}

  PowerRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    Path real = directory.toRealPath();
    Path recording = real.resolve("recording");
    Path data = real.resolve("data");
    SoakServer server = new SoakServer(data, Map.of(), DiskRecording.recorder(recording));
    for (String agent : ChangeLoad.agents(WRITERS)) {
      server.admit(agent);
    }
    Map<String, byte[]> before = files(data);
    List<LockOperation> operations = record(server, recording);
    List<DiskOperation> writes = DiskRecording.read(lives, data);
    List<SequencedEvent> truth = truth(data);
    violations.addAll(new HistoryCheck(truth, operations).check());
    findAnswers(writes, operations);
    cutPower(server, before, writes, truth);
    return report(writes, truth);
  }

  private static Map<String, byte[]> files(Path data) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(data)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private List<LockOperation> record(SoakServer server, Path recording) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    server.start();
    try (server;
        ChangeLoad load = new ChangeLoad(server)) {
      ChangeLoad.createTickets(server, TICKETS);
      for (String agent : ChangeLoad.agents(WRITERS)) {
        load.start(new ChangeWriter.Who(agent, random.nextLong(), TICKETS), done -> !over.get());
      }
      for (int life = 1; life <= LIVES; life++) {
        await("changes", load, life * plan.changes);
        if (life < LIVES) {
          server.kill();
          keep(recording, server.data());
          server.start();
        }
      }
      over.set(true);
      load.join();
      if (server.terminate(30) != 0) {
        violations.add("the recorded server did not end with 0");
      }
      keep(recording, server.data());
      return load.writers().stream().flatMap(writer -> writer.performed().stream()).toList();
    } finally {
      over.set(true);
    }
  }

  private static void await(String what, ChangeLoad load, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS * 5;
    while (load.acknowledged() < count) {
      load.checkWriters();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("there never were enough " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Keeps the recording of a life that ended, with the files it left. */
  private void keep(Path recording, Path data) throws IOException {
    awaitRecorder(recording);
    Path kept = recording.resolveSibling("recording" + lives.size());
    Files.move(recording, kept);
    lives.add(new RecordedLife(kept, files(data)));
  }

  private static void awaitRecorder(Path recording) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (ProcessHandle.allProcesses().anyMatch(process -> records(process, recording))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the recorder does not end");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean records(ProcessHandle process, Path recording) {
    return process.info().commandLine().orElse("").contains("--output=" + recording);
  }

  private static List<SequencedEvent> truth(Path data) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      return journal.reads().eventsAfter(0, Integer.MAX_VALUE, Long.MAX_VALUE);
    }
  }

  /** Finds in what was sent when each operation was acknowledged. */
  private void findAnswers(List<DiskOperation> writes, List<LockOperation> operations) {
    Map<String, LockOperation> expected = new HashMap<>();
    operations.forEach(one -> expected.put(one.change().operationId().toString(), one));
    long highest = 0;
    for (DiskOperation write : writes) {
      if (write.kind() != DiskOperation.Kind.SEND) {
        continue;
      }
      String sent = new String(write.bytes(), StandardCharsets.UTF_8);
      for (String message : sent.split("\\{\"type\":\"")) {
        Matcher answer = ANSWER.matcher(message);
        LockOperation operation =
            answer.find() && !message.startsWith("Rejected")
                ? expected.remove(answer.group(1))
                : null;
        if (operation != null && operation.revision() > highest) {
          highest = operation.revision();
          acknowledged.put(write.began(), operation);
        }
      }
    }
    expected.values().forEach(missed -> violations.add("no answer was recorded: " + missed));
  }

  private void cutPower(
      SoakServer server,
      Map<String, byte[]> before,
      List<DiskOperation> writes,
      List<SequencedEvent> truth)
      throws IOException {
    for (int i = 0; i < plan.images; i++) {
      DiskOperation during = writes.get(random.nextInt(writes.size()));
      boolean returned = during.ended() < Integer.MAX_VALUE && random.nextBoolean();
      int instant = returned ? during.ended() : during.began();
      Path data = server.data().resolveSibling("image" + i);
      Files.createDirectory(data, PrivateFiles.directoryMode());
      PowerCut.at(instant, before, writes).write(data, new Random(random.nextLong()));
      Map.Entry<Integer, LockOperation> last = acknowledged.floorEntry(instant);
      PowerImage image = new PowerImage(data, truth, last == null ? null : last.getValue());
      boolean served = (long) i * plan.servers % plan.images < plan.servers;
      String wrong = served ? image.serve(server.on(data)) : image.open();
      if (wrong == null) {
        image.remove();
      } else {
        violations.add("image %d, cut at line %d: %s", i, instant, wrong);
      }
    }
  }

  private FaultReport report(List<DiskOperation> writes, List<SequencedEvent> truth) {
    FaultReport report = new FaultReport(violations);
    Map<DiskOperation.Kind, Integer> kinds = new TreeMap<>();
    writes.forEach(write -> kinds.merge(write.kind(), 1, Integer::sum));
    report.add("recorded", "%,d events in %d lives; %s", truth.size(), LIVES, kinds);
    report.add("images", "%,d, of them %,d with a server", plan.images, plan.servers);
    return report;
  }
}
