package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A morning at the desk: every verb, in the order two people would use them. */
@Timeout(Patience.SECONDS)
class StoryTest {
  @TempDir Path folder;

  @Test
  void aliceAndBobShareADesk() {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      Billets bob = server.newAgent("bob");
      ticketsComeIn(alice, bob);
      aliceHoldsOneAndBobCannot(alice, bob);
      bobLooksBefore(bob);
      theyWork(alice, bob);
      theyClose(alice, bob);
      everythingIsRemembered(server, bob);
    }
  }

  private static void ticketsComeIn(Billets alice, Billets bob) {
    alice.does("list").prints();
    alice
        .does(
            "create --title 'Printer on fire' --priority urgent --requester 'front desk' --tag hw")
        .prints("1");
    bob.reading("It drops.\nEvery ten minutes.\n", "create --title 'VPN drops' --description -")
        .prints("2");
    bob.does("create --title 'New badge ✨' --priority low --assignee me --reference mail/7 -o json")
        .shows("\"number\": 3")
        .succeeds();
    bob.does("list -o id").prints("1", "2", "3");
    bob.does("list priority:>=high -o id").prints("1");
    bob.does("list assignee:me not:status:closed -o id").prints("3");
    bob.does("list 'every ten' -o id").prints("2");
    bob.does("list --sort -priority --limit 1 -o id").exits(0).shows("1\n").says("1 of 3");
    bob.does("show 2 --field description").prints("It drops.", "Every ten minutes.");
    bob.does("show 3 --field title").prints("New badge ✨");
  }

  private static void aliceHoldsOneAndBobCannot(Billets alice, Billets bob) {
    String token = alice.does("lock 1 --ttl 1h --note 'calling the fire brigade'").line();
    bob.does("lock 1").fails(5, "locked by alice", "calling the fire brigade");
    bob.does("update 1 --priority low").fails(5, "locked by alice");
    bob.does("close 1").fails(5, "locked by alice");
    alice.does("lock 1").fails(5, "locked by you");
    bob.does("comment 1 'I smell it too.'").prints();
    bob.does("update 1 --add-tag smoke").prints();
    bob.does("locks").shows("1\talice\t" + token).succeeds();
    bob.does("locks --mine").prints();
    bob.does("list status:locked holder:alice -o id").prints("1");
    alice.does("locks --mine -o id").prints("1");
    alice.does("lock 1 --token " + token + " --ttl 2h").prints(token);
    alice.does("show 1 --field lock.token").prints(token);
    alice.does("show 1 --field status").prints("open");
  }

  private static void bobLooksBefore(Billets bob) {
    String seen = bob.does("show 2 --field changedRevision").line();
    bob.does("update 2 --priority high --if-revision " + seen).prints();
    bob.does("update 2 --priority normal --if-revision " + seen).fails(5, "look again");
    bob.does("show 2 --field priority").prints("high");
  }

  private static void theyWork(Billets alice, Billets bob) {
    String token = alice.does("show 1 --field lock.token").line();
    Billets script = alice.with("BILLETS_TICKET", "1").with("BILLETS_LOCK_TOKEN", token);
    script.does("update 1 --assignee me --title 'Printer was on fire'").prints();
    alice
        .does("update 1 --token " + (Long.parseLong(token) + 1) + " --priority low")
        .fails(6, token);
    alice.does("comment 1 'Fire is out. The toner was not amused.'").prints();
    script.does("unlock 1").prints();
    script.does("unlock 1").fails(6, token, "nobody holds it now");
    alice.does("unlock 1").fails(6, "not locked");
    bob.does("lock 1 -o json").shows("\"holder\": \"bob\"").succeeds();
    script.does("update 1 --priority low").fails(6, "bob");
    bob.does("update 1 --requester '' --unlock").prints();
    bob.does("show 1 --field lock").exits(0);
    bob.does("locks").prints();
  }

  private static void theyClose(Billets alice, Billets bob) {
    alice.does("lock 3").exits(0);
    bob.does("close 1 2 3").fails(5, "3", "alice");
    alice.does("close 3").prints();
    alice.does("list status:closed -o id").prints("1", "2", "3");
    alice.does("locks").prints();
    alice.does("reopen 2").prints();
    alice.does("list status:open -o id").prints("2");
  }

  private static void everythingIsRemembered(ServerProcess server, Billets bob) {
    String shown = bob.does("show 1 --history -o json").succeeds().out();
    String listed = bob.does("list -o jsonl").succeeds().out();
    server.killHard();
    server.restart();
    assertEquals(shown, bob.does("show 1 --history -o json").succeeds().out());
    assertEquals(listed, bob.does("list -o jsonl").succeeds().out());

    List<String> lines = bob.does("watch --since 0 --count 17 --within 30s -o tsv").lines();
    assertEquals(17, lines.size());
    Map<String, Integer> types = new TreeMap<>();
    lines.forEach(line -> types.merge(line.split("\t")[3], 1, Integer::sum));
    assertEquals(
        List.of(
            "TicketCommented", "TicketCreated", "TicketLocked", "TicketUnlocked", "TicketUpdated"),
        List.copyOf(types.keySet()));
    List<String> history = bob.does("history 1 -o tsv").lines();
    assertTrue(history.get(0).contains("\talice\tTicketCreated\t1\t"), history.get(0));
    assertTrue(history.stream().allMatch(line -> line.split("\t")[4].equals("1")));
  }
}
