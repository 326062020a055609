package org.lesbillets.server;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.lesbillets.model.Role;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.measure.DeskMeasures;
import org.lesbillets.server.measure.Tally;
import org.lesbillets.server.metrics.MetricsPage;
import org.lesbillets.server.session.AnswerMemory;
import org.lesbillets.server.session.SessionMeasures;
import org.lesbillets.server.session.SessionRegistry;
import org.lesbillets.server.update.ClientUpdater;
import org.lesbillets.server.world.World;

/**
 * The list of the server's metrics: names, meanings, and where each is read. A reading is of
 * counters and volatile fields, waits for no thread, and takes no time that clients choose. No
 * label has a ticket's text or an agent's name. docs/operations/metrics.md describes each.
 */
final class ServerMetrics {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MetricsPage page;
  private final Sources from;

  /**
   * What is measured.
   *
   * @param replayNanos time that the journal's snapshot took at start
   */
  record Sources(
      World world,
      Journal journal,
      TicketDesk desk,
      ClientUpdater updater,
      SessionRegistry sessions,
      SessionMeasures sessionMeasures,
      AnswerMemory memory,
      StallDetector stalls,
      Tally<String> refusals,
      long replayNanos) {}

  private ServerMetrics(Sources from) {
    this.from = from;
    this.page = new MetricsPage(from.world().time());
  }

  static MetricsPage page(Sources from) {
    ServerMetrics metrics = new ServerMetrics(from);
    metrics.server();
    metrics.stages();
    metrics.sessions();
    metrics.desk();
    metrics.locks();
    metrics.journal();
    metrics.files();
    return metrics.page;
  }

  private void server() {
    Map<String, String> build = new LinkedHashMap<>();
    build.put("version", ServerVersion.version());
    build.put("java", Runtime.version().toString());
    page.info("billets_build_info", "Versions of the server and of Java.", build);
    page.gauge(
        "billets_replay_seconds",
        "Time that reading the journal took at start.",
        () -> from.replayNanos() / NANOS_PER_SECOND);
    page.counter(
        "billets_own_pauses_total",
        "Pauses of the whole process, which no client was charged with.",
        () -> from.world().time().pauses());
  }

  private void stages() {
    age("billets_desk_oldest_task_age_seconds", "desk", "desk");
    age("billets_updater_oldest_task_age_seconds", "updater", "updater");
    age("billets_drainer_oldest_task_age_seconds", "drainer", "drainer");
    age("billets_writer_oldest_task_age_seconds", "journal's writer", TicketServer.JOURNAL_WRITER);
    page.gauges(
        "billets_workers_oldest_task_age_seconds",
        "How long work waits for a thread of its lane, by a probe each second.",
        "lane",
        () ->
            Map.of(
                "reads",
                ageSeconds(TicketServer.READS),
                "replays",
                ageSeconds(TicketServer.REPLAYS),
                "queries",
                ageSeconds(TicketServer.QUERIES)));
    page.gauge(
        "billets_updater_queued_announcements",
        "What the desk has announced and the updater has not taken yet.",
        () -> from.updater().queued());
    page.counter(
        "billets_watch_comparisons_total",
        "Comparisons of an event with a query that live watches ask.",
        () -> from.updater().comparisons());
  }

  private void age(String name, String words, String thread) {
    page.gauge(
        name,
        "How long work waits for the %s, by a probe each second.".formatted(words),
        () -> ageSeconds(thread));
  }

  private double ageSeconds(String thread) {
    return from.stalls().ageNanos(thread) / NANOS_PER_SECOND;
  }

  private void sessions() {
    page.gauges("billets_sessions", "Connected clients.", "role", this::sessionsByRole);
    page.counters(
        "billets_session_ends_total",
        "Sessions that ended, by reason.",
        "reason",
        from.sessionMeasures().ends());
    page.gauge(
        "billets_outbox_bytes",
        "Bytes of answers that clients have yet to read.",
        () -> from.memory().bytes());
    page.counters(
        "billets_rejections_total",
        "Requests that were rejected, by code.",
        "code",
        from.sessionMeasures().rejections());
    page.counters(
        "billets_refusals_total",
        "Connections and handshakes that the edge refused, by reason.",
        "reason",
        from.refusals());
  }

  private Map<String, Double> sessionsByRole() {
    Map<String, Double> sizes = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      sizes.put(role.name().toLowerCase(Locale.ROOT), (double) from.sessions().sizeOf(role));
    }
    return sizes;
  }

  private void desk() {
    DeskMeasures desk = from.desk().measures();
    page.gauge("billets_revision", "Revision of the last event.", () -> from.desk().revision());
    page.counters("billets_events_total", "Events, by type.", "type", desk.events());
    page.gauge(
        "billets_desk_unanswered_requests",
        "Requests that were taken and not answered yet, those that wait for locks included.",
        () -> from.desk().unanswered());
    page.gauges(
        "billets_tickets",
        "Tickets, by status.",
        "status",
        () -> Map.of("open", (double) desk.open(), "closed", (double) desk.closed()));
  }

  private void locks() {
    DeskMeasures desk = from.desk().measures();
    page.gauge("billets_locks", "Tickets that are locked.", desk::locked);
    page.counters(
        "billets_lock_ends_total", "Locks that ended, by reason.", "reason", desk.lockEnds());
    page.histogram(
        "billets_lock_hold_seconds", "How long locks were held, renewals included.", desk.holds());
    page.gauge("billets_lock_waiting", "Requests that wait for locks.", desk::waitingForLocks);
    page.gauge("billets_claim_waiting", "Claims that wait for a ticket.", desk::waitingForClaims);
    page.histogram(
        "billets_lock_wait_seconds",
        "How long requests waited for the locks that they got.",
        desk.waits());
    page.counter("billets_claims_total", "Tickets that were claimed.", desk::claims);
    page.counter(
        "billets_claims_returned_total", "Claims that went back to the pool.", desk::returned);
  }

  private void journal() {
    JournalMeasures journal = from.journal().measures();
    page.gauge(
        "billets_journal_read_only",
        "1 when the journal failed and nothing is written any more.",
        () -> from.journal().failure() == null ? 0 : 1);
    page.gauge(
        "billets_journal_blocked",
        "1 while no change is taken: the disk does not answer, or the log is full.",
        () -> from.journal().obstacle() == null ? 0 : 1);
    page.histogram(
        "billets_journal_commit_seconds", "How long transactions took.", journal.commits());
    page.histogram(
        "billets_journal_sync_seconds",
        "How long the commits of transactions took, with the sync.",
        journal.syncs());
    page.histogram("billets_journal_batch_events", "Events of a transaction.", journal.batches());
    page.counter(
        "billets_journal_checkpoints_total",
        "Checkpoints of the write-ahead log.",
        journal::checkpoints);
    page.counter(
        "billets_journal_checkpoint_failures_total",
        "Checkpoints that failed: the journal is read-only then.",
        journal::checkpointFailures);
    page.gauge(
        "billets_journal_checkpoint_timestamp_seconds",
        "When the last checkpoint was.",
        journal::checkpointSeconds);
  }

  private void files() {
    size("billets_journal_log_bytes", "Size of the write-ahead log.", JournalMeasures.Sizes::log);
    size("billets_journal_file_bytes", "Size of the journal's file.", JournalMeasures.Sizes::file);
    size(
        "billets_journal_disk_free_bytes",
        "Space that is free on the journal's disk.",
        JournalMeasures.Sizes::free);
  }

  private void size(String name, String help, ToDoubleFunction<JournalMeasures.Sizes> which) {
    page.gauge(
        name,
        help,
        () -> {
          JournalMeasures.Sizes sizes = from.journal().measures().sizes();
          return sizes == null ? Double.NaN : which.applyAsDouble(sizes);
        });
  }
}
