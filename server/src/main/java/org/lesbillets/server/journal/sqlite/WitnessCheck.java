package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.Witness;

/**
 * A comparison of a journal with its {@linkplain Witness witness}. Immutable; any thread.
 *
 * @param file of the witness
 * @param record what it says; null if it is missing or damaged
 * @param announced a commit that also changed events it has seen; null if there was none
 * @param copied whether the file is a copy of the one that was written
 * @param damage why it cannot be read, or null
 */
record WitnessCheck(
    Path journal,
    Path file,
    Witness.Record record,
    Witness.Record announced,
    boolean copied,
    String damage) {
  /** Reads the witness of a journal. */
  static WitnessCheck beside(Path journal) {
    Path file = journal.resolveSibling(Witness.FILE_NAME);
    try {
      Witness.Record record = Witness.read(file).orElse(null);
      boolean copied = record != null && Witness.isCopy(file);
      Witness.Record announced = Witness.readAnnounced(file).orElse(null);
      return new WitnessCheck(journal, file, record, announced, copied, null);
    } catch (IOException e) {
      return unreadable(journal, file, FileErrorMessages.why(e));
    }
  }

  private static WitnessCheck unreadable(Path journal, Path file, String damage) {
    Witness.Record none = null;
    return new WitnessCheck(journal, file, none, none, false, damage);
  }

  /** The revision of the announced commit; 0 if there is none, or the journal ends before it. */
  long announcedRevision(MetaRow meta) {
    boolean committed =
        announced != null
            && announced.journalId().equals(meta.journalId())
            && announced.revision() <= meta.head();
    return committed ? announced.revision() : 0;
  }

  /**
   * Whether the journal has the events it has seen, but for those that the announced commit
   * changed.
   *
   * @param chain chained checksum of the journal's events up to the announced revision
   */
  boolean isChangedAsAnnounced(MetaRow meta, long chain) {
    return isOf(meta)
        && announcedRevision(meta) > 0
        && record.revision() <= announced.revision()
        && announced.chain() == chain;
  }

  /** The revision it has seen; 0 if none. */
  long revision() {
    return record == null ? 0 : record.revision();
  }

  /** The upper bound of the revisions issued; 0 if it does not know. */
  long issued() {
    return record == null ? 0 : record.issued();
  }

  /** Whether it is the witness of the history of this file. */
  boolean isOf(MetaRow meta) {
    return record != null && record.journalId().equals(meta.journalId());
  }

  /**
   * What the journal has lost, as the beginning of a sentence; null if nothing.
   *
   * @param chain chained checksum of the journal's events up to the witness's revision
   */
  String loss(MetaRow meta, long chain) {
    boolean before = meta.format() < SqliteMigrations.WITNESSED;
    String ends = "The journal %s ends at revision %d, but ".formatted(journal, meta.head());
    if (record == null) {
      return damage == null && before ? null : ends + seen();
    }
    if (!isOf(meta)) {
      return ends + seen() + " of another journal";
    }
    if (record.revision() > meta.head()) {
      return ends + seen() + ": the changes between the two are lost";
    }
    return before || record.chain() == chain
        ? null
        : ends + seen() + " after other events: this is not the history it has seen";
  }

  /** What it has seen, or why it is not known, as a part of a sentence. */
  String seen() {
    if (record != null) {
      return "its witness %s has seen revision %d".formatted(file, record.revision());
    }
    return damage == null
        ? "its witness %s, which knows where it should end, is missing".formatted(file)
        : "its witness %s, which knows where it should end, cannot be read (%s)"
            .formatted(file, damage);
  }
}
