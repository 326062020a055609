package org.lesbillets.server.journal.sqlite;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.World;

/**
 * The restore of a backup: a copy of it becomes the journal of a data directory that has none, as
 * another history, with the locks ended that were held at the time of the backup. It is made and
 * checked in a directory beside and moved into place last, so that a failure or a kill leaves no
 * half of it. The thread of the program that holds the data directory.
 */
public final class SqliteRestore {
  private static final String PART = "restore.part";

  private final Path backup;
  private final DataDirectory data;
  private final World world;

  private SqliteRestore(Path backup, DataDirectory data, World world) {
    this.backup = backup;
    this.data = data;
    this.world = world;
  }

  /**
   * Restores a backup.
   *
   * @throws JournalException if the directory has a journal, or the backup is damaged or cannot be
   *     read
   */
  public static JournalReport run(Path backup, DataDirectory data, World world) {
    SqliteRestore restore = new SqliteRestore(backup, data, world);
    Path part = data.file(PART);
    try {
      restore.refuseAnother();
      remove(part);
      restore.build(part);
      restore.refuseLog(part);
      JournalReport report = restore.checked(SqliteVerification.ofData(part));
      restore.moveIntoPlace(part);
      remove(part);
      return report.of(data.file(SqliteJournal.FILE_NAME));
    } catch (IOException e) {
      throw new JournalException(
          "The backup %s could not be restored to %s (%s): look after the disk and its rights."
              .formatted(backup, data.path(), FileErrorMessages.why(e)),
          e);
    } catch (SQLException e) {
      throw new JournalException(
          "The backup %s could not be read (%s): name a file that billets-server backup made."
              .formatted(backup, e.getMessage()),
          e);
    }
  }

  private void refuseAnother() throws IOException {
    for (String name : List.of(SqliteJournal.FILE_NAME, SqliteJournal.FILE_NAME + "-wal")) {
      Path file = data.file(name);
      if (Files.exists(file) && Files.size(file) > 0) {
        throw new JournalException(
            ("There is a journal, %s: move it and its files away first, so that nothing is lost, or"
                    + " restore into another directory with --data.")
                .formatted(file));
      }
    }
  }

  private void build(Path part) throws IOException, SQLException {
    Files.createDirectory(part, PrivateFiles.directoryMode());
    SqliteBackup.copy(new SqliteFile(backup), part.resolve(SqliteJournal.FILE_NAME));
    long issued = WitnessCheck.beside(data.file(SqliteJournal.FILE_NAME)).issued();
    try (DataDirectory directory = DataDirectory.open(part);
        SqliteJournal journal = SqliteJournal.openCopy(directory, issued, world)) {
      endLocks(journal);
    }
  }

  /** Ends the locks as expired leases: a later use of their tokens is refused as stale. */
  private void endLocks(SqliteJournal journal) {
    Locked locked = new Locked();
    journal.tail(locked);
    for (Ticket ticket : locked.tickets) {
      Append end =
          new Append(
              ticket.revision(), null, TicketRules.leaseOver(ticket, false, world.time().now()));
      Outcome outcome = journal.append(end).toCompletableFuture().join();
      if (!(outcome instanceof Outcome.Appended)) {
        throw new JournalException(
            "The lock of ticket #%d could not be ended (%s): look after the disk of %s."
                .formatted(ticket.number(), journal.failure(), data.path()));
      }
    }
  }

  /** Only the journal itself is moved into place: all of its log must be copied into it. */
  private void refuseLog(Path part) throws IOException {
    Path log = part.resolve(SqliteJournal.FILE_NAME + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new JournalException(
          ("The backup %s could not be restored: the last changes could not be copied into its"
                  + " journal. Look after the disk of %s, make room on it, and try again.")
              .formatted(backup, data.path()));
    }
  }

  private JournalReport checked(JournalReport report) {
    if (!report.isSound()) {
      throw new JournalException(
          "The backup %s is damaged, and nothing was restored. %s"
              .formatted(backup, report.problems().get(0)));
    }
    return report;
  }

  /** The witness first: a kill between the two leaves a directory that is refused, not believed. */
  private void moveIntoPlace(Path part) throws IOException {
    for (String name : List.of(Witness.FILE_NAME, SqliteJournal.FILE_NAME)) {
      Files.move(part.resolve(name), data.file(name), ATOMIC_MOVE);
      PrivateFiles.force(data.path());
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  /** The tickets that are locked in a snapshot. */
  private static final class Locked implements Journal.Listener {
    private final List<Ticket> tickets = new ArrayList<>();

    @Override
    public void onSnapshot(Iterable<Ticket> all, long revision) {
      all.forEach(
          ticket -> {
            if (ticket.isLocked()) {
              tickets.add(ticket);
            }
          });
    }

    @Override
    public void onEvent(SequencedEvent event) {}

    @Override
    public void onFailure(String reason) {}
  }
}
