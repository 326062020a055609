package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/** What each command line asks the server for. */
class RequestTest {
  private static final String ID = "3f2a0000-0000-4000-8000-000000000001";
  private static final TicketRef REF = TicketRef.of(17);
  private static final LockTerms CLI = new LockTerms(null, null, "cli");
  private static final LockTerms HELD = new LockTerms(Duration.ofSeconds(30), null, "cli");

  private static Map<String, Object> requests() throws Exception {
    Map<String, Object> requests = new LinkedHashMap<>();
    TicketQuery query = TicketQuery.parse("status:open tag:x");
    TicketOrder byPriority = new TicketOrder(TicketOrder.Field.PRIORITY, true);
    requests.put("list", new TicketSelection(null, null, null));
    requests.put(
        "list status:open tag:x --sort -priority --limit 3",
        new TicketSelection(query, byPriority, 3));
    requests.put("list --sort=-priority", new TicketSelection(null, byPriority, null));
    requests.put("--timeout 3s list -o json -- -tag:x", selection("-tag:x"));
    requests.put("locks", selection("status:locked"));
    requests.put("locks --mine", selection("status:locked holder:me"));
    requests.put("show 17", get(REF, false));
    requests.put("show 3F2A --history", get(TicketRef.parse("3f2a"), true));
    requests.put("show 17 --fresh", ((ClientMessage.GetTicket) get(REF, false)).fresh(true));
    requests.put("history " + ID, get(TicketRef.of(TicketId.of(ID)), true));
    requests.put("create --title T", create(TicketContent.titled("T")));
    requests.put(
        "create --title T --description D --priority high --assignee me --requester R"
            + " --reference X --tag a --tag b --tag a",
        create(
            TicketContent.titled("T")
                .with(TicketField.DESCRIPTION, "D")
                .with(TicketField.PRIORITY, Priority.HIGH)
                .with(TicketField.ASSIGNEE, new AgentName("alice"))
                .with(TicketField.REQUESTER, "R")
                .with(TicketField.REFERENCE, "X")
                .with(TicketField.TAGS, List.of("a", "b"))));
    requests.put(
        "create --title T --description - --requester=",
        create(TicketContent.titled("T").with(TicketField.DESCRIPTION, "from\nstdin")));
    requests.put(
        "create --operation-id " + ID + " --title T",
        new ClientMessage.CreateTicket(null, UUID.fromString(ID), TicketContent.titled("T")));
    requests.put(
        "update 17 --title T", update(TicketPatch.of(TicketField.TITLE, "T"), null, null, false));
    requests.put("update 17 --unlock", update(TicketPatch.NOTHING, null, null, true));
    requests.put(
        "update 17 --assignee= --requester= --reference=R --description= --status closed"
            + " --priority low --add-tag a --remove-tag b --token 5 --if-revision 6",
        update(
            TicketPatch.of(TicketField.DESCRIPTION, "")
                .with(TicketField.STATUS, TicketStatus.CLOSED)
                .with(TicketField.PRIORITY, Priority.LOW)
                .with(TicketField.ASSIGNEE, null)
                .with(TicketField.REQUESTER, null)
                .with(TicketField.REFERENCE, "R")
                .withTags(List.of("a"), List.of("b")),
            5L,
            6L,
            false));
    requests.put(
        "close 17",
        update(TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED), null, null, false));
    requests.put(
        "reopen 17",
        update(TicketPatch.of(TicketField.STATUS, TicketStatus.OPEN), null, null, false));
    requests.put("wake 17", update(TicketPatch.of(TicketField.WAKE_AT, null), null, null, false));
    requests.put(
        "snooze 17 --until 2030-01-02T09:00:00Z",
        update(
            TicketPatch.of(TicketField.WAKE_AT, Instant.parse("2030-01-02T09:00:00Z")),
            null,
            null,
            false));
    requests.put(
        "raise --key a:b --title T",
        new ClientMessage.RaiseTicket(null, null, "a:b", TicketContent.titled("T"), null, null));
    requests.put(
        "raise --key k --title T --priority low --tag x --text - --reopen-within 1d"
            + " --operation-id "
            + ID,
        new ClientMessage.RaiseTicket(
            null,
            UUID.fromString(ID),
            "k",
            TicketContent.titled("T")
                .with(TicketField.PRIORITY, Priority.LOW)
                .with(TicketField.TAGS, List.of("x")),
            "from\nstdin",
            Duration.ofDays(1)));
    requests.put("comment 17 Hello", comment("Hello"));
    requests.put("comment 17 @bob", comment("@bob"));
    requests.put("comment 17", comment("from\nstdin"));
    requests.put("comment 17 -", comment("from\nstdin"));
    requests.put("lock 17", lock(null, new LockTerms(null, null, "cli")));
    requests.put(
        "lock 17 --ttl 2h --note N", lock(null, new LockTerms(Duration.ofHours(2), "N", "cli")));
    requests.put("lock 17 --wait", lock(LockWait.FOREVER));
    requests.put("lock --wait 17", lock(LockWait.FOREVER));
    requests.put("lock 17 --wait=10m", lock(new LockWait(Duration.ofMinutes(10))));
    requests.put("claim", claim(null, new LockTerms(null, null, "cli")));
    requests.put(
        "claim tag:x not:tag:y --ttl 1h --note N",
        claim("tag:x not:tag:y", new LockTerms(Duration.ofHours(1), "N", "cli")));
    requests.put("claim tag:x -- true", claim("tag:x", HELD).returning());
    requests.put("-o json claim -- sh -c --wait", claim(null, HELD).returning());
    requests.put("claim --wait=10m", claim(null, CLI).queued(new LockWait(Duration.ofMinutes(10))));
    requests.put("claim --wait tag:x", claim("tag:x", CLI).queued(LockWait.FOREVER));
    requests.put("claim --return", claim(null, new LockTerms(null, null, "cli")).returning());
    requests.put("lock 17 -- true --token 5", lock(null, HELD));
    requests.put(
        "lock 17 --ttl 1m -- sh -- x",
        lock(null, new LockTerms(Duration.ofMinutes(1), null, "cli")));
    requests.put("unlock --mine", selection("status:locked holder:me"));
    requests.put(
        "unlock 17 --force --token 91 --reason R",
        new ClientMessage.UnlockTicket(null, null, REF, null, new LockBreak(91, "R"), null));
    requests.put("wait 17 --for open", get(REF, false));
    requests.put("lock 17 --steal --reason R", get(REF, false));
    requests.put("unlock 17 --force", get(REF, false));
    requests.put(
        "lock 17 --while-pid 4711",
        new ClientMessage.LockTicket(REF, new LockTerms(null, null, "cli")).whileRuns(4711L));
    requests.put("lock 17 --token 91", lock(91L, new LockTerms(null, null, "cli")));
    requests.put("unlock 17", new ClientMessage.UnlockTicket(null, null, REF, null, null, null));
    requests.put(
        "unlock 17 --token 91", new ClientMessage.UnlockTicket(null, null, REF, 91L, null, null));
    return requests;
  }

  private static TicketSelection selection(String query) throws Exception {
    return new TicketSelection(TicketQuery.parse(query), null, null);
  }

  private static ClientMessage get(TicketRef ref, boolean history) {
    return new ClientMessage.GetTicket(null, ref, history);
  }

  private static ClientMessage create(TicketContent draft) {
    return new ClientMessage.CreateTicket(null, null, draft);
  }

  private static ClientMessage update(
      TicketPatch patch, Long token, Long ifRevision, boolean unlock) {
    return new ClientMessage.UpdateTicket(null, null, REF, patch, token, ifRevision, unlock);
  }

  private static ClientMessage comment(String text) {
    return new ClientMessage.CommentTicket(null, null, REF, text);
  }

  private static ClientMessage lock(Long token, LockTerms terms) {
    return new ClientMessage.LockTicket(null, null, REF, token, terms, null, null);
  }

  private static ClientMessage lock(LockWait waiting) {
    LockTerms terms = new LockTerms(null, null, "cli");
    return new ClientMessage.LockTicket(null, null, REF, null, terms, waiting, null);
  }

  private static ClientMessage.ClaimTicket claim(String query, LockTerms terms) throws Exception {
    return new ClientMessage.ClaimTicket(
        null, null, query == null ? null : TicketQuery.parse(query), null, terms, false);
  }

  private static ScriptedTicketService deaf() {
    return new ScriptedTicketService()
        .failing(
            ScriptedTicketService.failure(
                ConnectionException.Kind.UNREACHABLE, "there is no server here"));
  }

  @TestFactory
  Stream<DynamicTest> aCommandLineAsksForOneThing() throws Exception {
    return requests().entrySet().stream()
        .map(e -> dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String line, Object expected) {
    ScriptedTicketService desk = deaf();
    BilletsRun.Result result =
        BilletsRun.at(desk).reading("from\r\nstdin\n\n").run(line.split(" "));
    assertEquals(ExitStatus.UNAVAILABLE, result.status(), result.err());
    assertEquals(
        List.of(comparable(expected)), desk.asked.stream().map(RequestTest::comparable).toList());
    assertEquals(true, desk.closed, "the desk is closed");
  }

  /** Queries are compared by their text. */
  private static Object comparable(Object asked) {
    if (asked instanceof ClientMessage.ClaimTicket c && c.query() != null) {
      return List.of(c.query().text(), c.terms(), c.returns(), String.valueOf(c.waiting()));
    }
    return asked instanceof TicketSelection s
        ? List.of(
            String.valueOf(s.query() == null ? null : s.query().text()),
            s.toString().replaceAll("query=[^,]*", ""))
        : asked;
  }

  @ParameterizedTest
  @CsvSource({"list, false", "list --fresh, true", "list --fields title --fresh, true"})
  void aListIsAskedForFreshOnDemand(String line, boolean fresh) {
    ScriptedTicketService desk = deaf();
    BilletsRun.at(desk).run(line.split(" "));
    assertEquals(fresh, desk.fresh);
  }

  @Test
  void watchTermsAreWhatWasAsked() throws Exception {
    ScriptedTicketService desk = deaf();
    BilletsRun.at(desk).run("watch", "tag:x", "not:tag:y", "--within", "3s");
    WatchTerms terms = (WatchTerms) desk.asked.get(0);
    assertEquals("tag:x not:tag:y", terms.query().text());
    assertEquals(Duration.ofSeconds(3), terms.within());
  }
}
