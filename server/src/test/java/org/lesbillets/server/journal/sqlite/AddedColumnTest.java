package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.AddedField;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Tailed;

/** A field that is added to the description of the fields has a column. */
final class AddedColumnTest {
  @TempDir Path folder;

  @Test
  void isMadeWrittenAndRead() throws Exception {
    AddedField.probe(folder, Probe.class);
  }

  /** Runs in the program with the field. */
  public static final class Probe implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      TicketField<String> field = AddedField.field();
      assertTrue(TicketLayout.CURRENT.declaration().contains("  spare_part TEXT,\n"));
      try (DataDirectory directory = DataDirectory.open(folder)) {
        UUID id = new UUID(1, 1);
        Ticket written;
        try (SqliteJournal journal = SqliteJournal.open(directory)) {
          written =
              Tailed.of(journal)
                  .ticketAfter(
                      Facts.create(id, 0, Facts.draft("Printer").with(field, "a fuse"), null));
        }
        try (SqliteJournal journal = SqliteJournal.open(directory)) {
          assertEquals(written, Tailed.of(journal).ticket(written.id()));
          assertEquals("a fuse", written.content().get(field));
        }
      }
    }
  }
}
