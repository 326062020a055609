package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.journal.etcd.EtcdAccess;
import org.lesbillets.server.journal.etcd.EtcdAddress;
import org.lesbillets.server.journal.etcd.EtcdJournal;
import org.lesbillets.server.journal.etcd.EtcdMember;
import org.lesbillets.server.world.World;

/** Two servers on one desk in etcd: a process, and one in this virtual machine. */
class TwoServersTest {
  private static final int RACES = 100;

  @TempDir Path temp;
  private EtcdMember etcd;
  private Server one;
  private TestServer two;

  /** A process of the server, and how to connect to it. */
  private record Server(Process process, Path data, int port) {
    static Server start(Path data, String journal, String... forJava) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(forJava));
      command.addAll(
          List.of(
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              ServerMain.class.getName(),
              "--port=0",
              "--data=" + data,
              "--journal=" + journal));
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(command)
                  .redirectError(data.resolveSibling(data.getFileName() + ".log").toFile()));
      BufferedReader out = process.inputReader();
      String ready = out.readLine();
      if (ready == null) {
        throw new IOException(Files.readString(data.resolveSibling(data.getFileName() + ".log")));
      }
      return new Server(process, data, Integer.parseInt(ready.replaceAll(".*:([0-9]+)/.*", "$1")));
    }

    WireClient connect() throws IOException {
      return WireClient.connect(port, Files.readString(data.resolve("local.token")).strip());
    }
  }

  private void start() throws Exception {
    etcd = EtcdMember.start();
    one = Server.start(temp.resolve("one"), etcd.url("desk"));
    EtcdAccess access = EtcdAccess.open(EtcdAddress.parse(etcd.url("desk")));
    two = new TestServer(EtcdJournal.open(access, World.system()), TestServer.config());
  }

  @AfterEach
  void stop() throws Exception {
    if (one != null) {
      one.process().destroyForcibly().waitFor();
    }
    if (two != null) {
      two.close();
    }
    if (etcd != null) {
      etcd.close();
    }
  }

  private static ServerMessage.Answer created(WireClient client, String id, String title) {
    return client
        .send(new ClientMessage.CreateTicket(id, null, TicketContent.titled(title)))
        .answer(id);
  }

  private static ClientMessage lock(String id) {
    LockTerms terms = new LockTerms(Duration.ofMinutes(1), null, "cli");
    return new ClientMessage.LockTicket(TicketRef.of(1), terms).identified(id, null);
  }

  private static TicketLocked locked(ServerMessage answer) {
    return (TicketLocked) ((ServerMessage.EventMessage) answer).event().event();
  }

  @Test
  void areOneDesk() throws Exception {
    start();
    try (WireClient here = one.connect();
        WireClient there = two.connect("alice")) {
      there.send(Samples.watch("w", null)).answer("w");
      created(here, "c", "Printer");
      ServerMessage.EventMessage seen = there.next(ServerMessage.EventMessage.class);
      TicketCreated created = (TicketCreated) seen.event().event();
      assertEquals("Printer", created.ticket().content().get(TicketField.TITLE));
      TicketLocked taken = locked(here.send(lock("l")).answer("l"));
      ServerMessage.EventMessage heard = there.next(ServerMessage.EventMessage.class);
      assertEquals(taken.ticket().lock().token(), locked(heard).ticket().lock().token());
      ServerMessage.Rejected no = (ServerMessage.Rejected) there.send(lock("n")).answer("n");
      assertEquals(RejectionCode.LOCKED, no.code());
      unlock(here, "u", taken.ticket().lock());
      raceForLocks(here, there, taken.ticket().lock().token());
    }
    nothingAcknowledgedIsLost();
  }

  @Test
  void oneOnSqliteLoadsNothingOfEtcd() throws Exception {
    Path classes = temp.resolve("classes");
    one = Server.start(temp.resolve("one"), "sqlite:", "-Xlog:class+load:file=" + classes);
    try (WireClient client = one.connect()) {
      created(client, "c", "Printer");
    }
    one.process().destroyForcibly().waitFor();
    try (Stream<String> lines = Files.lines(classes)) {
      List<String> loaded =
          lines.filter(line -> line.matches(".* io\\.(etcd|grpc|netty|vertx)\\..*")).toList();
      assertEquals(List.of(), loaded);
    }
    assertTrue(Files.readString(classes).contains("org.sqlite"), "the list has the classes");
  }

  private static void unlock(WireClient client, String id, TicketLock lock) {
    ServerMessage.Answer answer =
        client
            .send(
                new ClientMessage.UnlockTicket(id, null, TicketRef.of(1), lock.token(), null, null))
            .answer(id);
    assertTrue(answer instanceof ServerMessage.EventMessage, answer::toString);
  }

  private static void raceForLocks(WireClient here, WireClient there, long first) {
    long token = first;
    for (int i = 0; i < RACES; i++) {
      String id = "race" + i;
      CompletableFuture<ServerMessage.Answer> other =
          CompletableFuture.supplyAsync(() -> there.send(lock(id)).answer(id));
      ServerMessage.Answer own = here.send(lock(id)).answer(id);
      List<ServerMessage.Answer> answers = List.of(own, other.join());
      int winner = answers.get(0) instanceof ServerMessage.EventMessage ? 0 : 1;
      TicketLock won = locked(answers.get(winner)).ticket().lock();
      ServerMessage.Rejected lost = (ServerMessage.Rejected) answers.get(1 - winner);
      assertEquals(RejectionCode.LOCKED, lost.code());
      // The other server may not have heard yet that the lock before was released.
      assertTrue(lost.details().lock().token() <= won.token(), lost::toString);
      assertTrue(won.token() > token, "tokens rise");
      token = won.token();
      unlock(winner == 0 ? here : there, "free" + i, won);
    }
  }

  /** Kills one server under load. */
  private void nothingAcknowledgedIsLost() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (WireClient client = one.connect()) {
      for (int i = 0; i < 200; i++) {
        client.send(new ClientMessage.CreateTicket("k" + i, null, TicketContent.titled("k" + i)));
      }
      for (ServerMessage m = client.next(); m != null; m = client.nextOrNull()) {
        if (m instanceof ServerMessage.EventMessage answer) {
          acknowledged.add(answer.event().event().ticket().content().get(TicketField.TITLE));
        }
        if (acknowledged.size() == 50) {
          one.process().destroyForcibly();
        }
      }
    }
    assertTrue(acknowledged.size() >= 50, acknowledged::toString);
    try (WireClient client = two.connect("alice")) {
      await().untilAsserted(() -> assertTrue(titles(client).containsAll(acknowledged)));
    }
  }

  private static Set<String> titles(WireClient client) {
    client.send(new ClientMessage.GetTickets("a", null, null, null));
    return ((ServerMessage.AllTickets) client.answer("a"))
        .tickets().stream()
            .map(ticket -> ticket.content().get(TicketField.TITLE))
            .collect(Collectors.toSet());
  }
}
