package org.lesbillets.cli.command.bulk.format;

import java.util.List;
import org.lesbillets.model.message.ClientMessage.ImportTicket;

/**
 * One parsed ticket of a file, or its parse error.
 *
 * @param line where it begins, from 1
 * @param ticket under a request id that is no other record's; null if there is a problem
 * @param problem a sentence that says why it is no ticket; null if it is one
 * @param notes sentences that say what of it could not be kept
 * @param undated whether its time is that of this import, because it names none: its id is then
 *     made of what it says, so that a ticket of that id is the same one
 * @param numbered whether it names its number
 */
public record ImportRecord(
    long line,
    ImportTicket ticket,
    String problem,
    List<Note> notes,
    boolean undated,
    boolean numbered) {
  /**
   * What could not be kept.
   *
   * @param line where it stands: of the record, or of what is said once for all of them
   */
  public record Note(long line, String sentence) {}

  public ImportRecord {
    notes = List.copyOf(notes);
  }

  static ImportRecord of(long line, ImportTicket ticket, List<String> notes) {
    List<Note> noted = notes.stream().map(note -> new Note(line, note)).toList();
    return new ImportRecord(line, ticket, null, noted, false, true);
  }

  static ImportRecord bad(long line, String problem) {
    return new ImportRecord(line, null, problem, List.of(), false, false);
  }

  ImportRecord withNotes(List<Note> noted) {
    return new ImportRecord(line, ticket, problem, noted, undated, numbered);
  }
}
