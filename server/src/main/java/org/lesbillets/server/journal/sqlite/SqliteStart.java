package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Supplier;
import org.lesbillets.model.WireLimits;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Witness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a journal: creates its file, or checks it, against its {@linkplain Witness witness},
 * and migrates it. The thread that opens a journal only.
 *
 * <pre>
 *   witness      journal             start
 *   none         none, or format < 3 creates the witness, silently
 *   older        any                 starts: the witness is written after the commit
 *   a copy       any                 starts: revisions skip far
 *   newer, other, missing, damaged   refused; if the loss is accepted: another history, whose
 *                                    revisions are above every one issued
 * </pre>
 */
final class SqliteStart {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStart.class);

  /** Skipped where no witness knows how many revisions were issued. */
  private static final long UNKNOWN_REVISIONS = 1L << 40;

  /** Up to 2^20 random steps of 2^20 revisions are skipped beyond those. */
  private static final int STEP_BITS = 20;

  private final SqliteSchema schema;
  private final Connection connection;
  private final SqliteFile file;
  private final Path journalFile;
  private final Supplier<UUID> newId;
  private final WitnessCheck witness;
  private boolean acceptLoss;
  private String notice;

  /** Whether something is lost, and that was accepted. */
  private boolean lost;

  /** Whether the migration was announced, and nothing else. */
  private boolean announced;

  /**
   * A journal that can be written.
   *
   * @param meta its meta row, the base above every revision issued
   * @param notice for the log, once the journal is served; or null
   */
  record Started(MetaRow meta, Witness witness, String notice) {}

  /**
   * @param newId source of random ids
   */
  SqliteStart(Connection connection, SqliteFile file, Supplier<UUID> newId) {
    this.schema = new SqliteSchema(connection, file.path());
    this.connection = connection;
    this.file = file;
    this.journalFile = file.path();
    this.newId = newId;
    this.witness = WitnessCheck.beside(file.path());
  }

  /**
   * Starts the journal.
   *
   * @param acceptLoss whether a journal that has lost something starts as another history
   * @throws JournalException if it is damaged, or has lost something; nothing was changed then
   */
  Started start(boolean acceptLoss) throws SQLException {
    this.acceptLoss = acceptLoss;
    MetaRow meta;
    if (schema.isBlank()) {
      long base = baseOfBlank();
      file.useWriteAheadLog(connection);
      meta = created(base);
    } else {
      schema.recognise();
      file.useWriteAheadLog(connection);
      meta = checked(schema.check(witness.revision()));
    }
    Witness started = Witness.start(witness.file(), record(meta));
    if (announced) {
      started.settled();
    }
    if (lost) {
      // With the witness, the reminder of what was redacted and not removed may be lost.
      started.expect(meta.head(), meta.chain());
    }
    return new Started(meta, started, notice);
  }

  /**
   * Starts a copy of a journal as another history. What the original issued since is not known, so
   * that revisions are skipped far.
   *
   * @param issued revisions of the history that was in its place; 0 if there was none
   * @throws JournalException if the copy is damaged
   */
  Started startCopy(long issued) throws SQLException {
    schema.recognise();
    file.useWriteAheadLog(connection);
    MetaRow copied = schema.check(0).meta();
    long base = farAbove(Math.max(copied.nextRevision() - 1, issued));
    MetaRow meta = copied.withHistory(newId.get().toString(), base);
    meta = schema.rewrite(meta, rewritten -> Witness.write(witness.file(), record(rewritten)));
    return new Started(meta, Witness.start(witness.file(), record(meta)), notice);
  }

  /** The revisions issued by the history that a blank file has in its place. */
  private long baseOfBlank() {
    if (witness.damage() == null && witness.revision() == 0) {
      return witness.issued();
    }
    String loss =
        "The journal %s is missing or empty, but %s".formatted(journalFile, witness.seen());
    refuseUnlessAccepted(loss);
    boolean known = witness.record() != null && !witness.copied();
    long base = known ? witness.issued() : farAbove(witness.issued());
    LOG.warn("{}. That was accepted: starting with no tickets", loss);
    return base;
  }

  private MetaRow created(long base) throws SQLException {
    MetaRow first = MetaRow.first(newId.get().toString(), base);
    Witness.write(witness.file(), record(first));
    schema.create(first.journalId(), base);
    return first;
  }

  private MetaRow checked(SqliteSchema.Checked checked) throws SQLException {
    MetaRow meta = checked.meta();
    String loss = isChangedAsAnnounced(meta) ? null : witness.loss(meta, checked.chain());
    if (loss != null) {
      refuseUnlessAccepted(loss);
      meta = otherHistory(meta);
      lost = true;
      LOG.warn(
          "{}. That was accepted: going on from revision {} as journal {}, the next revision is {};"
              + " clients reload",
          loss,
          meta.head(),
          meta.journalId(),
          meta.nextRevision());
    }
    if (loss != null || meta.format() != SqliteSchema.FORMAT) {
      MetaRow before = meta;
      meta = schema.rewrite(before, rewritten -> witness(before, rewritten));
    }
    if (loss != null) {
      return meta;
    }
    long issued = Math.max(meta.base(), witness.issued());
    if (witness.copied()) {
      notice =
          witness.file()
              + " is a copy; what the original has issued since is not known: revisions and lock"
              + " tokens skip";
      issued = farAbove(Math.max(issued, meta.head()));
    }
    return meta.withHistory(meta.journalId(), issued);
  }

  /**
   * Has the witness know both ends of the migration. One that changes events is announced, as a
   * redaction is: until the commit the journal has those that the witness has seen.
   */
  private void witness(MetaRow before, MetaRow rewritten) {
    boolean seen = before.format() >= SqliteMigrations.WITNESSED && witness.isOf(rewritten);
    if (!seen || before.chain() == rewritten.chain()) {
      Witness.write(witness.file(), record(rewritten));
      return;
    }
    long issued = Math.max(witness.issued(), before.nextRevision() - 1);
    Witness.Record now =
        new Witness.Record(before.journalId(), before.head(), before.chain(), issued);
    try (Witness announcing = Witness.start(witness.file(), now)) {
      announcing.expect(rewritten.head(), rewritten.chain());
    }
    announced = witness.announced() == null;
  }

  private boolean isChangedAsAnnounced(MetaRow meta) throws SQLException {
    long revision = witness.announcedRevision(meta);
    return revision > 0 && witness.isChangedAsAnnounced(meta, schema.check(revision).chain());
  }

  /**
   * A revision above all that a history of unknown length can have issued above {@code issued};
   * random, so that two copies of one journal differ.
   */
  private long farAbove(long issued) {
    long steps = newId.get().getMostSignificantBits() >>> Long.SIZE - STEP_BITS;
    return issued + UNKNOWN_REVISIONS + (steps << STEP_BITS);
  }

  private void refuseUnlessAccepted(String loss) {
    if (!acceptLoss) {
      throw new JournalException(
          loss
              + ". Nothing was changed: keep a copy of the data directory; then put back the files"
              + " that are missing or a backup, or start once with --accept-loss to go on without"
              + " what was lost.");
    }
  }

  private MetaRow otherHistory(MetaRow meta) {
    long base = Math.max(meta.nextRevision() - 1, witness.issued());
    boolean known = witness.isOf(meta) && witness.revision() > meta.head() && !witness.copied();
    return meta.withHistory(newId.get().toString(), known ? base : farAbove(base));
  }

  private Witness.Record record(MetaRow meta) {
    long issued = meta.nextRevision() - 1;
    if (issued > WireLimits.MAX_INTEGER - 2 * UNKNOWN_REVISIONS) {
      throw new JournalException(
          ("The journal %s has used up its revisions (%d): export the tickets, and import them into"
                  + " a new data directory.")
              .formatted(journalFile, issued));
    }
    return new Witness.Record(meta.journalId(), meta.head(), meta.chain(), issued);
  }
}
