package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.MemoryJournal;

/** A journal whose reads do not come back: what is in memory is told all the same. */
class HangingReadsTest {
  /** More than there are threads for reads. */
  private static final int READERS = 6;

  private final CountDownLatch answers = new CountDownLatch(1);
  private final MemoryJournal under = new MemoryJournal();
  private volatile boolean hangs;
  private TestServer server;
  private final List<WireClient> clients = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    JournalReads reads = over(JournalReads.class, under.reads(), null);
    server = new TestServer(over(Journal.class, under, reads), TestServer.config());
  }

  @AfterEach
  void close() {
    answers.countDown();
    clients.forEach(WireClient::close);
    server.close();
  }

  /** The same, but for its reads, which hang. */
  private <T> T over(Class<T> type, T target, JournalReads reads) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                reads != null && method.getName().equals("reads")
                    ? reads
                    : call(method, target, args, reads == null)));
  }

  private Object call(Method method, Object target, Object[] args, boolean mayHang)
      throws Throwable {
    if (mayHang && hangs) {
      answers.await();
    }
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private WireClient join(String agent) {
    WireClient client = server.join(agent);
    clients.add(client);
    return client;
  }

  private void occupy(int index) {
    join("shows" + index).send(Ask.show("show", TicketRef.of(1)));
    join("asks" + index)
        .send(Ask.as(new UUID(7, index), Ask.comment("refused", 99, "There is no such ticket")));
    join("resumes" + index)
        .send(
            ClientMessage.GetTickets.watching(
                "resume", null, new ResumePoint(under.journalId(), 0)));
  }

  @Test
  void listsAndWatchesGoOnWhileTheJournalDoesNotAnswer() {
    WireClient alice = join("alice");
    alice.send(Ask.create("create", "Printer"));
    alice.answer("create");
    hangs = true;
    for (int i = 0; i < READERS; i++) {
      occupy(i);
    }
    WireClient bob = join("bob");
    bob.send(Ask.watch("watch"));
    assertEquals(1, ((AllTickets) bob.answer("watch")).tickets().size());
    for (int i = 0; i < READERS; i++) {
      alice.send(Ask.comment("comment" + i, 1, "Hello"));
      assertInstanceOf(ServerMessage.EventMessage.class, alice.answer("comment" + i));
      assertTrue(bob.next() instanceof ServerMessage.EventMessage, "pushed");
      WireClient carol = join("carol" + i);
      carol.send(Ask.list("list"));
      assertEquals(1, ((AllTickets) carol.answer("list")).tickets().size());
    }
    assertEquals(0, clients.get(1).waiting(), "details wait for the journal");
    answers.countDown();
    assertInstanceOf(TicketDetails.class, clients.get(1).answer("show"));
    assertInstanceOf(ServerMessage.Rejected.class, clients.get(2).answer("refused"));
    assertInstanceOf(ServerMessage.Resumed.class, clients.get(3).answer("resume"));
  }
}
