package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/**
 * A data directory after a power cut: it must be accepted, and have the first events of the true
 * history, up to the last acknowledged one or further. One thread.
 */
final class PowerImage {
  private final Path data;
  private final List<SequencedEvent> truth;
  private final LockOperation last;

  /**
   * @param truth the events of the recorded server, all of them
   * @param last acknowledged before the power cut, of the highest revision; null for none
   */
  PowerImage(Path data, List<SequencedEvent> truth, LockOperation last) {
    this.data = data;
    this.truth = truth;
    this.last = last;
  }

  /** What is wrong with its journal, or null. */
  String open() {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      List<SequencedEvent> events =
          journal.reads().eventsAfter(0, Integer.MAX_VALUE, Long.MAX_VALUE);
      TicketBook fold = new TicketBook();
      events.forEach(fold::apply);
      if (!fold.tickets().equals(Tailed.of(journal).book().tickets())) {
        return "its tickets are not the fold of its events";
      }
      return wrong(events);
    } catch (JournalException e) {
      return "refused: " + e.getMessage();
    }
  }

  private String wrong(List<SequencedEvent> events) {
    if (events.size() > truth.size() || !events.equals(truth.subList(0, events.size()))) {
      return "has other events than there were";
    }
    long head = events.isEmpty() ? 0 : events.get(events.size() - 1).revision();
    if (last != null && head < last.revision()) {
      return "ends at %d, and %d was acknowledged".formatted(head, last.revision());
    }
    return null;
  }

  /** What is wrong with a server on it, or null; it repeats the last change, and makes another. */
  String serve(SoakServer server) throws IOException {
    try (server) {
      server.start();
      try (SoakConnection connection = server.connect("writer0")) {
        String wrong = wrong(connection.history());
        return wrong == null && last != null ? change(server) : wrong;
      }
    } catch (IOException e) {
      return "refused by the server: " + e.getMessage();
    }
  }

  private String change(SoakServer server) throws IOException {
    try (SoakConnection connection = server.connect(last.agent())) {
      UUID operation = last.change().operationId();
      ServerMessage.Answer again = ask(connection, last.change().identified("again", operation));
      if (revision(again) != last.revision()) {
        return "the retry of %s was answered %s".formatted(last, again);
      }
      TicketRef ticket = last.change().ticket();
      ClientMessage next = new ClientMessage.CommentTicket("next", UUID.randomUUID(), ticket, "?");
      ServerMessage.Answer made = ask(connection, next);
      return revision(made) > last.revision()
          ? null
          : "the next change was answered %s after %d".formatted(made, last.revision());
    }
  }

  private static ServerMessage.Answer ask(SoakConnection connection, ClientMessage request)
      throws IOException {
    connection.send(request);
    return connection.answer(request.requestId());
  }

  /** 0 for a refusal. */
  private static long revision(ServerMessage.Answer answer) {
    return answer instanceof ServerMessage.EventMessage event ? event.event().revision() : 0;
  }

  void remove() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(data.resolveSibling(data.getFileName() + ".log"));
  }
}
