package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.journal.sqlite.SqliteRestore;
import org.lesbillets.server.session.SessionLimits;
import org.lesbillets.server.world.World;

/** Lists, watches and resumption over the real server. */
class WatchTest {
  private static final long SMALL_RING = 128 * 1024;
  private static final long RING = 32L * 1024 * 1024;
  private static final SessionLimits TALKATIVE =
      new SessionLimits(
          SessionLimits.AnswerLimits.DEFAULT,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          256,
          20_000,
          Duration.ofMillis(100));

  private TestServer server;

  private void start(int tickets, long ring) throws IOException {
    server = TestServer.with(Samples.journal(tickets), ring, TALKATIVE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static AllTickets watch(WireClient client, String requestId, String query) {
    client.send(Samples.watch(requestId, query));
    return client.next(AllTickets.class);
  }

  private static List<AllTickets> parts(WireClient client) {
    List<AllTickets> parts = new ArrayList<>();
    client
        .until(m -> m instanceof AllTickets part && !part.more())
        .forEach(m -> parts.add((AllTickets) m));
    return parts;
  }

  @Test
  void listsThousandsInPartsSortedAndCut() throws Exception {
    start(4_500, RING);
    try (WireClient alice = server.join("alice")) {
      alice.send(new ClientMessage.GetTickets("1", null, TicketOrder.parse("-number"), null));
      List<AllTickets> parts = parts(alice);
      assertTrue(parts.size() >= 5, parts.size() + " parts");
      List<Ticket> all = new ArrayList<>();
      parts.forEach(part -> all.addAll(part.tickets()));
      assertEquals(4_500, all.size());
      for (int i = 0; i < 4_500; i++) {
        assertEquals(4_500 - i, all.get(i).number());
      }
      alice.send(new ClientMessage.GetTickets("2", Samples.query("\"Ticket 44\""), null, 7));
      AllTickets some = parts(alice).get(0);
      assertEquals(7, some.tickets().size());
      assertEquals(111, some.total());
      assertFalse(some.more() || some.reset());
      assertEquals(44, some.tickets().get(0).number());
      alice.send(Samples.create("3", "not watched"));
      assertEquals("3", ((EventMessage) alice.next()).requestId());
    }
  }

  @Test
  void listsSomeFieldsAndCounts() throws Exception {
    start(4_500, RING);
    try (WireClient alice = server.join("alice")) {
      ClientMessage.GetTickets list =
          new ClientMessage.GetTickets("1", null, TicketOrder.parse("-number"), 2_500);
      alice.send(list.telling(Projection.of(List.of("title"))));
      List<AllTickets> parts = parts(alice);
      assertEquals(
          List.of(1_000, 1_000, 500), parts.stream().map(p -> p.rows().rows().size()).toList());
      for (AllTickets part : parts) {
        assertEquals(List.of("id", "number", "title"), part.rows().fields());
        assertEquals(List.of(), part.tickets());
        assertEquals(4_500, part.total());
      }
      ListedFields.Row first = parts.get(0).rows().rows().get(0);
      assertEquals(4_500, first.number());
      assertEquals("Ticket 4500", first.text("title"));
      list = new ClientMessage.GetTickets("2", Samples.query("\"Ticket 44\""), null, 7);
      alice.send(list.telling(Projection.COUNT));
      AllTickets counted = parts(alice).get(0);
      assertEquals(List.of(), counted.tickets());
      assertEquals(111, counted.total());
    }
  }

  /** However many lists share what was encoded once, none has a ticket of another revision. */
  @Test
  void listsWhileTicketsChangeAreOfOneRevisionEach() throws Exception {
    start(1_500, RING);
    int changes = 120;
    try (WireClient alice = server.join("alice");
        WireClient bob = server.join("bob")) {
      ClientMessage.GetTickets list = new ClientMessage.GetTickets("1", null, null, null);
      for (int i = 1; i <= changes; i++) {
        bob.send(Samples.retitle("u" + i, 1 + i % 7, "Title " + i));
        if (i % 10 == 0) {
          alice.send(list);
          check(parts(alice));
          alice.send(list.telling(Projection.of(List.of("title", "revision"))));
          check(parts(alice));
        }
      }
      bob.answer("u" + changes);
      alice.send(list);
      assertEquals(changes, check(parts(alice)));
    }
  }

  private record Seen(long number, long revision, String title) {}

  private static Stream<Seen> seen(AllTickets part) {
    return part.rows() == null
        ? part.tickets().stream().map(t -> new Seen(t.number(), t.revision(), t.content().title()))
        : part.rows().rows().stream()
            .map(r -> new Seen(r.number(), r.integer("revision"), r.text("title")));
  }

  /** Of a list of all tickets: the highest number in a title that was given to one of them. */
  private static int check(List<AllTickets> parts) {
    long revision = parts.get(0).revision();
    assertTrue(parts.stream().allMatch(part -> part.revision() == revision));
    List<Seen> seen = parts.stream().flatMap(WatchTest::seen).toList();
    assertEquals(
        LongStream.rangeClosed(1, 1_500).boxed().toList(),
        seen.stream().map(Seen::number).toList());
    assertTrue(seen.stream().allMatch(ticket -> ticket.revision() <= revision));
    int last = seen.stream().mapToInt(ticket -> given(ticket.title())).max().orElseThrow();
    assertEquals(revision, 1_500 + last, "each change is an event");
    return last;
  }

  private static int given(String title) {
    return title.startsWith("Title ") ? Integer.parseInt(title.substring("Title ".length())) : 0;
  }

  @Test
  void aWatchWithAQueryHearsWhatEntersStaysAndLeaves() throws Exception {
    start(0, RING);
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      assertEquals(0, watch(carol, "w", "fire").total());
      String[] titles = {"calm", "fire", "fire!", "calm again"};
      alice.send(Samples.create("c", titles[0]));
      for (int i = 1; i < titles.length; i++) {
        alice.answer(i == 1 ? "c" : "u" + (i - 1));
        alice.send(Samples.retitle("u" + i, 1, titles[i]));
      }
      List<EventMessage> seen = new ArrayList<>();
      long position = 0;
      while (position < 4) {
        ServerMessage next = carol.next();
        if (next instanceof EventMessage event) {
          seen.add(event);
          position = event.event().revision();
        } else {
          position = ((ServerMessage.Position) next).revision();
        }
      }
      assertEquals(
          List.of(Match.ENTERED, Match.STAYS, Match.LEFT),
          seen.stream().map(EventMessage::match).toList());
      assertEquals(2, seen.get(0).event().revision());
    }
  }

  /** What the query would find is gone from the journal; the client still shows it. */
  @Test
  void aWatchThatResumesAfterARedactionHearsOfItWhateverItsQuery() throws Exception {
    start(3, SMALL_RING);
    try (WireClient admin = server.join("admin-ada");
        WireClient alice = server.join("alice")) {
      admin.send(Samples.retitle("secret", 2, "the password is hunter2"));
      admin.answer("secret");
      AllTickets shown = watch(alice, "w", "hunter2");
      assertEquals(1, shown.tickets().size());
      alice.send(ClientMessage.GetTickets.watching("end", null, null));
      alice.answer("end");
      Redaction title = Redaction.ofField(TicketField.TITLE);
      admin.send(new ClientMessage.RedactTicket("r", null, TicketRef.of(2), title, null));
      admin.answer("r");
      ResumePoint since = new ResumePoint(shown.journalId(), shown.revision());
      alice.send(ClientMessage.GetTickets.watching("again", Samples.query("hunter2"), since));
      alice.answer("again");
      EventMessage event = (EventMessage) alice.until(m -> m instanceof EventMessage).get(0);
      assertEquals("TicketRedacted", event.type());
      assertEquals(Match.LEFT, event.match());
    }
  }

  /** As one that resumes does: the journal does not say any more who showed it. */
  @Test
  void everyWatchHearsOfARedactionAndNoneIsCut() throws Exception {
    start(3, RING);
    try (WireClient admin = server.join("admin-ada");
        WireClient plain = server.join("alice");
        WireClient filtered = server.join("bob")) {
      watch(plain, "w", null);
      watch(filtered, "w", "nothing-of-the-kind");
      for (int i = 0; i < 100; i++) {
        admin.send(Samples.retitle("t" + i, 1 + i % 3, "the password is hunter" + i));
        Redaction title = Redaction.ofField(TicketField.TITLE);
        admin.send(new ClientMessage.RedactTicket("r" + i, null, TicketRef.of(1), title, null));
      }
      admin.answer("r99");
      for (WireClient client : List.of(plain, filtered)) {
        for (int redactions = 0; redactions < 100; ) {
          if (client.next() instanceof EventMessage event) {
            boolean redacted = event.type().equals("TicketRedacted");
            redactions += redacted ? 1 : 0;
            assertTrue(client == plain || redacted && event.match() == Match.LEFT);
          }
        }
        client.send(new ClientMessage.Ping("p"));
        client.until(m -> m instanceof ServerMessage.Pong);
      }
    }
  }

  @Test
  void aWatchWithAQueryHearsHowFarTheJournalWent() throws Exception {
    start(0, RING);
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "w", "fire");
      for (int i = 0; i < 20; i++) {
        alice.send(Samples.create("c" + i, "calm"));
      }
      alice.answer("c19");
      long position = 0;
      while (position < 20) {
        long next = carol.next(ServerMessage.Position.class).revision();
        assertTrue(next > position);
        position = next;
      }
      carol.send(new ClientMessage.Ping("p"));
      assertEquals("p", carol.next(ServerMessage.Pong.class).requestId());
    }
  }

  @Test
  void aNewWatchReplacesTheOldAndWatchFalseEndsIt() throws Exception {
    start(0, RING);
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "1", null);
      watch(carol, "2", "fire");
      alice.send(Samples.create("a", "calm"));
      alice.send(Samples.create("b", "fire"));
      List<ServerMessage> heard = carol.until(EventMessage.class::isInstance);
      assertEquals(Match.ENTERED, ((EventMessage) heard.get(heard.size() - 1)).match());
      carol.send(Samples.watch("3", null));
      carol.until(AllTickets.class::isInstance);
      alice.send(Samples.create("c", "calm"));
      assertNull(carol.next(EventMessage.class).match());
      carol.send(new ClientMessage.GetTickets("4", null, null, null, false, null));
      assertEquals(3, carol.next(AllTickets.class).total());
      alice.answer("c");
      alice.send(Samples.create("d", "unheard"));
      alice.answer("d");
      carol.send(new ClientMessage.Ping("p"));
      assertEquals("p", carol.next(ServerMessage.Pong.class).requestId());
    }
  }

  /** From the ring; and from the journal, since the ring holds the last 300 or so. */
  @ParameterizedTest
  @CsvSource({"3900,", "10,", "0,", "3900,Ticket 40", "10,Ticket 39", "0,Ticket"})
  void resumesWhereItWas(long from, String title) throws Exception {
    start(0, SMALL_RING);
    try (WireClient alice = server.join("alice")) {
      for (int i = 1; i <= 4_000; i++) {
        alice.send(Samples.create("c" + i, "Ticket " + i));
        if (i % 100 == 0) {
          alice.answer("c" + i);
        }
      }
      String id = idOf(alice);
      alice.send(
          new ClientMessage.GetTickets(
              "w",
              title == null ? null : Samples.query("\"" + title + "\""),
              null,
              null,
              true,
              new ResumePoint(id, from)));
      assertEquals(from, alice.next(ServerMessage.Resumed.class).revision());
      long last = from;
      while (last < 4_000) {
        ServerMessage next = alice.next();
        if (next instanceof EventMessage event) {
          String told = event.event().event().ticket().content().title();
          assertTrue(title == null || told.contains(title), told);
          assertEquals(title == null, event.match() == null);
          assertTrue(title != null || event.event().revision() == last + 1, "a hole");
          assertTrue(event.event().revision() > last, "a double");
          last = event.event().revision();
        } else {
          last = ((ServerMessage.Position) next).revision();
        }
      }
    }
  }

  @Test
  void whatIsNotKnownAnyMoreIsASnapshotThatResets() throws Exception {
    start(3, RING);
    try (WireClient alice = server.join("alice")) {
      for (ResumePoint since :
          List.of(
              new ResumePoint("another", 1),
              new ResumePoint(idOf(alice), 4),
              new ResumePoint(idOf(alice), 4_000_000))) {
        alice.send(ClientMessage.GetTickets.watching("w", null, since));
        AllTickets all = alice.next(AllTickets.class);
        assertTrue(all.reset());
        assertEquals(3, all.revision());
        assertEquals(3, all.tickets().size());
      }
    }
  }

  /** A journal whose first revisions no event has. */
  private static SqliteJournal restored(Path folder) throws IOException {
    Path earlier = Files.createDirectory(folder.resolve("earlier"), PrivateFiles.directoryMode());
    try (DataDirectory data = DataDirectory.open(earlier)) {
      SqliteJournal.open(data).close();
    }
    Path later = Files.createDirectory(folder.resolve("later"), PrivateFiles.directoryMode());
    try (DataDirectory data = DataDirectory.open(later)) {
      SqliteRestore.run(earlier.resolve("journal.db"), data, World.system());
      return SqliteJournal.open(data);
    }
  }

  /** From the ring; and from the journal, whose events are older than the server. */
  @ParameterizedTest
  @CsvSource({"true, ", "true, Ticket", "false, ", "false, Ticket"})
  void aRevisionWithoutAnEventIsNotResumedFrom(
      boolean fromTheRing, String query, @TempDir Path folder) throws Exception {
    SqliteJournal journal = restored(folder);
    Append first = Facts.create(new UUID(1, 1), 0, "Ticket");
    if (!fromTheRing) {
      journal.append(first).toCompletableFuture().join();
    }
    server = TestServer.with(journal, RING, SessionLimits.DEFAULT);
    if (fromTheRing) {
      journal.append(first).toCompletableFuture().join();
    }
    long head = Facts.head(journal);
    for (long revision : List.of(0L, 1L, head - 1, head, head + 1)) {
      try (WireClient alice = server.join("alice")) {
        alice.send(
            new ClientMessage.GetTickets(
                "w",
                query == null ? null : Samples.query(query),
                null,
                null,
                true,
                new ResumePoint(journal.journalId(), revision)));
        if (revision == 0 || revision == head) {
          assertEquals(revision, alice.next(ServerMessage.Resumed.class).revision());
        } else {
          assertTrue(alice.next(AllTickets.class).reset(), "revision " + revision);
        }
      }
    }
  }

  private static String idOf(WireClient client) {
    client.send(new ClientMessage.GetTickets("l", null, null, 1));
    return ((AllTickets) client.answer("l")).journalId();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\u53f7", "x"})
  void detailsStayBelowTheBoundOfAMessageAndSayThatThereIsMore(String character) throws Exception {
    start(1, RING);
    try (WireClient alice = server.join("alice")) {
      String text = character.repeat(60_000 / bytes(character));
      for (int i = 0; i < 100; i++) {
        alice.send(Samples.comment("c" + i, 1, text));
        alice.answer("c" + i);
      }
      List<Long> seen = new ArrayList<>();
      DetailsCursor cursor = DetailsCursor.NEWEST;
      boolean more = true;
      while (more) {
        alice.send(new ClientMessage.GetTicket("d", TicketRef.of(1), true, cursor, null));
        String json = alice.nextText();
        assertTrue(bytes(json) < 2 * 1024 * 1024, bytes(json) + " bytes");
        ServerMessage.TicketDetails details =
            (ServerMessage.TicketDetails) MessageCodec.decodeServerMessage(json);
        details.comments().forEach(comment -> seen.add(comment.id()));
        if (seen.size() < 100) {
          assertEquals(details.comments().size(), details.history().size(), 1);
        }
        List<SequencedEvent> history = details.history();
        cursor =
            new DetailsCursor(
                history.get(history.size() - 1).revision(), seen.get(seen.size() - 1));
        more = details.more() && seen.size() < 100;
      }
      assertEquals(100, seen.size());
      assertEquals(seen.stream().sorted((a, b) -> Long.compare(b, a)).distinct().toList(), seen);
    }
  }

  /** Revisions 2 to 6 are comments 1 to 5; a client may know one cursor for both. */
  @ParameterizedTest
  @CsvSource({
    ",  ,  true,  5 4, 6 5",
    ",  4, true,  3 2, 6 5",
    "4, 3, true,  2 1, 3 2",
    "3, 1, true,  '',  2 1",
    "4, ,  true,  2 1, 3 2",
    "1, ,  true,  '',  ''",
    "4, ,  false, 3 2, ''",
    ",  2, false, 1,   ''",
    ", 99, false, 5 4, ''",
  })
  void commentsArePagedByTheirIds(
      Long before, Long commentsBefore, boolean history, String comments, String events)
      throws Exception {
    start(1, RING);
    try (WireClient alice = server.join("alice")) {
      for (int i = 1; i <= 5; i++) {
        alice.send(Samples.comment("c" + i, 1, "comment " + i));
        alice.answer("c" + i);
      }
      DetailsCursor cursor = new DetailsCursor(before, commentsBefore);
      alice.send(new ClientMessage.GetTicket("d", TicketRef.of(1), history, cursor, 2));
      ServerMessage.TicketDetails page = (ServerMessage.TicketDetails) alice.answer("d");
      List<SequencedEvent> some = page.history() == null ? List.of() : page.history();
      assertEquals(comments, joined(page.comments().stream().map(Comment::id)));
      assertEquals(events, joined(some.stream().map(SequencedEvent::revision)));
    }
  }

  private static String joined(Stream<Long> numbers) {
    return numbers.map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @ParameterizedTest
  @ValueSource(longs = {RING, SMALL_RING})
  void whoeverJoinsWhileOthersWriteHasNoHoleAndNoDouble(long ring) throws Exception {
    start(500, ring);
    SeededTest.run(random -> joinWhileOthersWrite(random));
  }

  private void joinWhileOthersWrite(Random random) throws Exception {
    int writers = 4;
    int events = 600;
    long last = 500 + (long) writers * events;
    ExecutorService threads = Executors.newFixedThreadPool(24);
    List<Future<?>> writing = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      Random own = new Random(random.nextLong());
      String name = "writer" + w;
      writing.add(threads.submit(() -> write(name, events, own)));
    }
    List<Future<Follower>> following = new ArrayList<>();
    for (int f = 0; f < 20; f++) {
      String name = "follower" + f;
      Callable<Follower> follow = () -> new Follower(server, name).followTo(last);
      following.add(threads.submit(follow));
    }
    for (Future<?> writer : writing) {
      writer.get();
    }
    try (Follower late = new Follower(server, "late").followTo(last)) {
      for (Future<Follower> follower : following) {
        try (Follower done = follower.get()) {
          assertEquals(late.book().tickets(), done.book().tickets());
        }
      }
    }
    threads.shutdownNow();
  }

  private void write(String name, int events, Random random) {
    try (WireClient client = server.join(name)) {
      for (int i = 0; i < events; i++) {
        String id = "e" + i;
        long number = 1 + random.nextInt(500);
        client.send(
            random.nextInt(3) == 0
                ? Samples.create(id, name + " " + i)
                : Samples.comment(id, number, "said " + i));
        if (i % 20 == 19) {
          client.answer(id);
        }
      }
    }
  }
}
