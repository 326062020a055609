package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCommented;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.RandomFacts;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.world.World;

/**
 * Flips one bit at a time in the files that a kill left: in pages of tables and of indexes, while
 * the log is empty, since its pages hide theirs; in the log; in the witness. A start on them is
 * refused with a sentence, or the journal answers all reads right, repeats each operation without a
 * second effect, and takes changes; a read or a change that is refused for damage counts as
 * refused, anything else as a violation. One thread.
 */
final class BitRun implements FaultRun {
  private static final String JOURNAL = SqliteJournal.FILE_NAME;
  private static final String LOG = JOURNAL + "-wal";
  private static final String WITNESS = "head";
  private static final List<String> FILES = List.of(JOURNAL, LOG, WITNESS);
  private static final int PAGE_BYTES = 4_096;
  private static final int FILE_HEADER_BYTES = 100;
  private static final Page ALL = new Page(Long.MAX_VALUE, 100_000, Long.MAX_VALUE);

  /** No change and no start may take longer. */
  private static final long PATIENCE_SECONDS = 30;

  /** Distance of the two slots of a witness, and what is used of each. */
  private static final int SLOT_DISTANCE = 4_096;

  private static final int SLOT_BYTES = 128;

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();
  private final Map<Place, Map<Result, Integer>> results = new EnumMap<>(Place.class);

  /** What the journal must answer. */
  private final List<SequencedEvent> truth = new ArrayList<>();

  private final Map<Operation, Append> operations = new LinkedHashMap<>();
  private final Map<Operation, Long> effects = new LinkedHashMap<>();
  private List<Ticket> tickets;
  private String journalId;

  /** Where a bit is flipped; in turn. */
  enum Place {
    TABLE,
    INDEX,
    LOG,
    WITNESS;

    private boolean paged() {
      return this == TABLE || this == INDEX;
    }
  }

  private enum Result {
    REFUSED,
    REFUSED_LATER,
    RIGHT,
    WRONG
  }

  /** An answer that is wrong, and not refused. */
  private static final class WrongAnswerException extends RuntimeException {
    WrongAnswerException(String what) {
      super(what);
    }
  }

  /**
   * @param flips how many bits, one at a time
   * @param events of the journal, 10 or more
   */
  record Plan(int flips, int events, long seed, List<Place> places) {
    static Plan everywhere(int flips, int events, long seed) {
      return new Plan(flips, events, seed, List.of(Place.values()));
    }
  }

  BitRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    Path logged = Files.createDirectories(directory.resolve("logged"));
    Path copied = Files.createDirectories(directory.resolve("copied"));
    grow(Files.createDirectories(directory.resolve("grown")), logged, copied);
    Path data = Files.createDirectories(directory.resolve("data"));
    for (int i = 0; i < plan.flips; i++) {
      Place place = plan.places.get(i % plan.places.size());
      copy(place.paged() ? copied : logged, data);
      String where = flip(data, place);
      Result result = check(data, where);
      results
          .computeIfAbsent(place, p -> new EnumMap<>(Result.class))
          .merge(result, 1, Integer::sum);
    }
    return report();
  }

  /**
   * Grows a journal.
   *
   * @param logged gets a copy with the last third of the events in the log
   * @param copied gets a copy with all of them in the database
   */
  private void grow(Path grown, Path logged, Path copied) throws IOException {
    RandomFacts facts = new RandomFacts(plan.seed);
    try (DataDirectory held = DataDirectory.open(grown)) {
      try (SqliteJournal journal = SqliteJournal.open(held)) {
        append(Tailed.of(journal), facts, plan.events - plan.events / 3);
      }
      try (SqliteJournal journal = SqliteJournal.open(held)) {
        Tailed tailed = Tailed.of(journal);
        append(tailed, facts, plan.events / 3);
        journalId = journal.journalId();
        tickets = tailed.book().tickets();
        copy(grown, logged);
      }
      try (SqliteJournal journal = SqliteJournal.open(held)) {
        same("head", truth.get(truth.size() - 1).revision(), Facts.head(journal));
        copy(grown, copied);
      }
    }
  }

  private void append(Tailed tailed, RandomFacts facts, int count) {
    while (tailed.events().size() < count) {
      Append append = facts.next(tailed.book());
      if (tailed.append(append) instanceof Outcome.Appended done && append.operation() != null) {
        operations.put(append.operation(), append);
        effects.put(append.operation(), done.revision());
      }
    }
    truth.addAll(tailed.events());
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : FILES) {
      Files.deleteIfExists(to.resolve(name));
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
    Files.deleteIfExists(to.resolve(JOURNAL + "-shm"));
  }

  /** Flips a random bit of that place, and says which. */
  private String flip(Path data, Place place) throws IOException {
    Path file =
        data.resolve(
            switch (place) {
              case TABLE, INDEX -> JOURNAL;
              case LOG -> LOG;
              case WITNESS -> WITNESS;
            });
    byte[] bytes = Files.readAllBytes(file);
    int at =
        place == Place.WITNESS
            ? random.nextInt(2) * SLOT_DISTANCE + random.nextInt(SLOT_BYTES)
            : random.nextInt(bytes.length);
    while (place.paged() && isIndex(bytes, at) != (place == Place.INDEX)) {
      at = random.nextInt(bytes.length);
    }
    int bit = random.nextInt(Byte.SIZE);
    bytes[at] ^= (byte) (1 << bit);
    Files.write(file, bytes);
    return "bit %d of byte %d of %s (%s)".formatted(bit, at, file.getFileName(), place);
  }

  /** Whether a byte is in a page of an index: its page type is 2 or 10. */
  private static boolean isIndex(byte[] bytes, int at) {
    int page = at / PAGE_BYTES * PAGE_BYTES;
    int type = bytes[page == 0 ? FILE_HEADER_BYTES : page];
    return type == 2 || type == 10;
  }

  private Result check(Path data, String where) {
    boolean[] started = new boolean[1];
    long began = System.nanoTime();
    try {
      live(data, started);
      return Result.RIGHT;
    } catch (JournalException e) {
      if (e.getMessage().endsWith(".")) {
        return started[0] ? Result.REFUSED_LATER : Result.REFUSED;
      }
      violations.add("%s: refused without a sentence: %s", where, e.getMessage());
    } catch (Exception e) {
      violations.add("%s: %s", where, e);
    } finally {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      if (seconds > PATIENCE_SECONDS) {
        violations.add("%s: it took %d s", where, seconds);
      }
    }
    return Result.WRONG;
  }

  private void live(Path data, boolean[] started) throws Exception {
    List<Ticket> left;
    try (DataDirectory held = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(held, false, World.system())) {
        Tailed tailed = Tailed.of(journal);
        started[0] = true;
        checkReads(journal, tailed);
        checkOperations(journal, tailed);
        change(journal, tailed);
        left = tailed.book().tickets();
      }
      try (SqliteJournal journal = SqliteJournal.open(held, false, World.system())) {
        same("tickets of the next start", left, Tailed.of(journal).book().tickets());
      }
    }
  }

  private void checkReads(SqliteJournal journal, Tailed tailed) {
    same("journal id", journalId, journal.journalId());
    same("tickets", tickets, tailed.book().tickets());
    same("events", truth, journal.reads().eventsAfter(0, 100_000, Long.MAX_VALUE));
    for (Ticket ticket : tickets) {
      List<SequencedEvent> history = new ArrayList<>();
      long comments = 0;
      for (SequencedEvent event : truth) {
        if (event.event().ticket().id().equals(ticket.id())) {
          history.add(0, event);
          comments += event.event() instanceof TicketCommented ? 1 : 0;
        }
      }
      same("history", history, journal.reads().history(ticket.id(), ALL).items());
      int known = journal.reads().comments(ticket.id(), ALL).items().size();
      same("comments", ticket.commentCount(), (long) known);
      same("at least its comments", true, known >= comments);
      same("ticket", ticket, journal.reads().ticketAt(ticket.id(), ticket.revision()).orElse(null));
    }
  }

  private void checkOperations(SqliteJournal journal, Tailed tailed) throws Exception {
    for (Map.Entry<Operation, Append> each : operations.entrySet()) {
      Outcome outcome = outcome(journal, tailed, each.getValue());
      same("operation " + each.getKey(), true, outcome instanceof Outcome.Repeated);
      long revision = ((Outcome.Repeated) outcome).recorded().revision();
      same("effect", effects.get(each.getKey()), revision);
    }
  }

  private void change(SqliteJournal journal, Tailed tailed) throws Exception {
    for (Ticket ticket : tickets) {
      Outcome outcome = outcome(journal, tailed, Facts.comment(ticket, "after the flip"));
      same("a change", true, outcome instanceof Outcome.Appended);
    }
    Append create = Facts.create(new UUID(7, 7), 0, "after the flip");
    same("a create", true, outcome(journal, tailed, create) instanceof Outcome.Appended);
    long highest = tickets.stream().mapToLong(Ticket::number).max().orElse(0);
    same("its number", highest + 1, tailed.ticket(create.ticket()).number());
  }

  /** The outcome of an append; a journal that refuses it for damage throws. */
  private static Outcome outcome(SqliteJournal journal, Tailed tailed, Append append)
      throws Exception {
    Outcome outcome =
        journal.append(append).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (outcome instanceof Outcome.Unknown || outcome instanceof Outcome.ReadOnly) {
      if (journal.failure() == null || tailed.failure() == null) {
        throw new WrongAnswerException("not appended, and not read-only: " + outcome);
      }
      throw new JournalException(journal.failure());
    }
    return outcome;
  }

  private static void same(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      String all = "%s: expected %s, found %s".formatted(what, expected, found);
      throw new WrongAnswerException(all.substring(0, Math.min(300, all.length())));
    }
  }

  private FaultReport report() {
    FaultReport report = new FaultReport(violations);
    report.add("flips", "%,d, in a journal of %,d events", plan.flips, truth.size());
    results.forEach(
        (place, counts) ->
            report.add(
                place.name().toLowerCase(Locale.ROOT),
                "%,d refused at the start, %,d later, %,d right, %,d wrong",
                counts.getOrDefault(Result.REFUSED, 0),
                counts.getOrDefault(Result.REFUSED_LATER, 0),
                counts.getOrDefault(Result.RIGHT, 0),
                counts.getOrDefault(Result.WRONG, 0)));
    return report;
  }
}
