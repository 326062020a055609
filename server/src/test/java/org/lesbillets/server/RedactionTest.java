package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.WireEvent.TicketRedacted;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.FileSearch;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.journal.sqlite.SqliteVerification;
import org.lesbillets.server.session.SessionLimits;

/**
 * What is redacted over the wire is in no file of the data directory, and in nothing that a client
 * is sent from then on: history, details, a resumed watch, a list.
 */
final class RedactionTest {
  private static final int TICKETS = 2;
  private static final String PATTERN = "(keep|gone)-[0-9]-[a-z]+-[0-9]{4}";

  @TempDir Path data;
  private Random random;
  private WireClient admin;
  private String journalId;
  private final List<ClientMessage.RedactTicket> due = new ArrayList<>();
  private int asked;

  private ServerMessage.Answer ask(ClientMessage.Change change) {
    String id = "r" + asked++;
    admin.send(change.identified(id, null));
    return admin.answer(id);
  }

  private long done(ClientMessage.Change change) {
    return assertInstanceOf(EventMessage.class, ask(change)).event().revision();
  }

  /** A text with its mark in it, more than once in a long one: a part of it is found, too. */
  private String text(boolean goes, long ticket, String what) {
    String mark = "%s-%d-%s-%04d".formatted(goes ? "gone" : "keep", ticket, what, asked++);
    boolean isLong = what.equals("description") || what.equals("comment");
    return isLong ? (mark + " ").repeat(1 + random.nextInt(1_500)).strip() : mark;
  }

  private TicketPatch patch(TicketField<?> field, String text) {
    return field == TicketField.TAGS
        ? TicketPatch.NOTHING.withTags(List.of(text), List.of())
        : TicketPatch.of(textField(field), text);
  }

  @SuppressWarnings("unchecked")
  private static TicketField<String> textField(TicketField<?> field) {
    return (TicketField<String>) field;
  }

  /** Gives a ticket values of all its fields and comments, some of which have to go. */
  private void fill(long number) {
    TicketRef ref = TicketRef.of(number);
    done(new ClientMessage.CreateTicket("c", null, TicketContent.titled("Ticket " + number)));
    done(new ClientMessage.CommentTicket("c", null, ref, text(false, number, "comment")));
    for (TicketField<?> field : Redaction.FIELDS) {
      boolean goes = due.isEmpty() || random.nextBoolean();
      for (int i = random.nextInt(3); i >= 0; i--) {
        String text = text(goes, number, field.wireName());
        done(new ClientMessage.UpdateTicket(ref, patch(field, text), null));
      }
      if (goes) {
        due.add(new ClientMessage.RedactTicket("", null, ref, Redaction.ofField(field), "why"));
      }
    }
    for (long id = 2; id <= 4; id++) {
      boolean goes = random.nextBoolean();
      String text = text(goes, number, "comment");
      done(new ClientMessage.CommentTicket("c", null, ref, text));
      if (goes) {
        due.add(new ClientMessage.RedactTicket("", null, ref, Redaction.ofComment(id), "why"));
      }
    }
  }

  private void assertGone(String where, String texts) {
    assertFalse(texts.contains("gone-"), () -> where + ": " + texts);
  }

  /** All that a client is sent that has seen nothing yet. */
  private void assertClientsAreSentNothing(TestServer server, long last) {
    try (WireClient carol = server.join("carol")) {
      ResumePoint start = new ResumePoint(journalId, 0);
      carol.send(ClientMessage.GetTickets.watching("w", null, start));
      StringBuilder sent = new StringBuilder();
      while (!sent.toString().contains("\"revision\":" + last + ",")) {
        sent.append(carol.nextText()).append('\n');
      }
      carol.send(ClientMessage.GetTickets.watching("q", Samples.query("status:open"), start));
      carol.send(new ClientMessage.GetTickets("list", null, null, null));
      for (long number = 1; number <= TICKETS; number++) {
        carol.send(new ClientMessage.GetTicket("d" + number, TicketRef.of(number), true));
      }
      carol.send(new ClientMessage.Ping("end"));
      for (int answers = 0; answers < TICKETS + 2; ) {
        String text = carol.nextText();
        sent.append(text).append('\n');
        answers += text.contains("\"requestId\"") && !text.contains("\"Pong\"") ? 1 : 0;
      }
      assertTrue(sent.toString().contains("keep-1-comment-"), "else this tests nothing");
      assertGone("what a client is sent", sent.toString());
    }
  }

  @Test
  void whatIsRedactedIsNowhereAndTheRestIsThere() throws Exception {
    SeededTest.run(this::redactAtRandom);
  }

  private void redactAtRandom(Random seeded) throws IOException {
    random = seeded;
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory);
        TestServer server = TestServer.with(journal, 1 << 20, SessionLimits.DEFAULT)) {
      journalId = journal.journalId();
      admin = server.join("admin-ada");
      for (long number = 1; number <= TICKETS; number++) {
        fill(number);
      }
      Set<String> before = FileSearch.found(data, PATTERN);
      long last = 0;
      for (ClientMessage.RedactTicket one : due) {
        EventMessage mark = assertInstanceOf(EventMessage.class, ask(one));
        assertInstanceOf(TicketRedacted.class, mark.event().event());
        assertEquals(new AgentName("admin-ada"), mark.event().event().by());
        last = mark.event().revision();
      }
      before.removeIf(text -> text.startsWith("gone-"));
      assertEquals(before, FileSearch.found(data, PATTERN));
      assertClientsAreSentNothing(server, last);
      assertEquals(List.of(), SqliteVerification.ofData(data).problems());
      admin.close();
    }
  }
}
