package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** The page of metrics: its form, its documents, and that what happens moves it. */
class MetricsTest {
  private static final Path DOCS = Path.of("..", "docs", "operations");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  @TempDir Path temp;
  private DataDirectory data;
  private SqliteJournal journal;
  private TestServer server;
  private int asked;

  @BeforeEach
  void start() throws IOException {
    data = DataDirectory.open(temp.resolve("data"));
    journal = SqliteJournal.open(data);
    server = new TestServer(journal, TestServer.config());
    // On a busy machine the first page, which loads the library, may take longer than a request
    // may.
    await().atMost(SOON).ignoreExceptions().until(() -> get().statusCode() == 200);
  }

  @AfterEach
  void stop() {
    server.close();
    data.close();
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private MetricsText page() throws Exception {
    HttpResponse<String> answer = get();
    assertEquals(200, answer.statusCode(), answer.body());
    return MetricsText.parse(answer.body(), false);
  }

  private static Set<String> names(String file, String pattern) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile(pattern).matcher(Files.readString(DOCS.resolve(file)));
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }

  @Test
  void bothFormatsAreServed() throws Exception {
    HttpResponse<String> plain = get();
    assertEquals(200, plain.statusCode(), plain.body());
    String plainType = plain.headers().firstValue("Content-Type").orElse("none");
    assertTrue(plainType.startsWith("text/plain;"), plain.headers().map().toString());
    HttpResponse<String> open = get("Accept", OPEN_METRICS);
    String type = open.headers().firstValue("Content-Type").orElseThrow();
    assertTrue(type.startsWith("application/openmetrics-text;"), type);
    Set<String> series = MetricsText.parse(plain.body(), false).seriesNames();
    assertTrue(MetricsText.parse(open.body(), true).seriesNames().containsAll(series), open.body());
  }

  @Test
  void eachMetricIsDocumentedAndEachDocumentedOneIsThere() throws Exception {
    await().atMost(SOON).until(() -> page().seriesNames().contains("billets_journal_log_bytes"));
    String everyName = "(?<=`)(?:billets|jvm|process)_[a-z_]+(?=`)";
    assertEquals(names("metrics.md", everyName), page().names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void rulesAndQueriesNameWhatIsThere(String file) throws Exception {
    Set<String> used = names(file, "\\b(?:billets|jvm|process)_[a-z_]+");
    assertTrue(used.size() > 10, used::toString);
    await().atMost(SOON).until(() -> page().seriesNames().contains("billets_journal_log_bytes"));
    used.removeAll(page().seriesNames());
    assertEquals(Set.of(), used, "not on the page");
  }

  @Test
  void whoIsElsewhereNeedsAToken() throws Exception {
    String proxied = "X-Forwarded-For";
    assertEquals(401, get(proxied, "192.0.2.7").statusCode());
    assertEquals(401, get("Forwarded", "for=192.0.2.7").statusCode());
    String token = "Authorization";
    assertEquals(200, get(proxied, "192.0.2.7", token, "Bearer reader-rita").statusCode());
    assertEquals(
        401, get(token, "Bearer no:one").statusCode(), "a wrong token is refused here too");
  }

  @Test
  void nothingOfTicketsOrAgentsIsInIt() throws Exception {
    try (WireClient alice = server.join("alice-the-agent")) {
      ask(alice, "CreateTicket", "'ticket':{'title':'Secret printer','tags':['secrettag']}");
      ask(alice, "LockTicket", "'ticket':1,'note':'secret note'");
      String body = get().body();
      assertFalse(body.contains("ecret") || body.contains("alice"), body);
    }
  }

  private ServerMessage.Answer ask(WireClient client, String type, String fields) {
    String id = send(client, type, fields);
    return client.answer(id);
  }

  private String send(WireClient client, String type, String fields) {
    String id = "r" + asked++;
    String message = "{'type':'%s','requestId':'%s'%s}";
    String more = fields.isEmpty() ? "" : "," + fields;
    client.sendText(message.formatted(type, id, more).replace('\'', '"'));
    return id;
  }

  private static long token(ServerMessage.Answer answer) {
    return Samples.event(answer).event().ticket().lock().token();
  }

  /** Waits until each series has risen. */
  private void awaitRisen(Map<String, Double> before, String... series) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              MetricsText now = page();
              for (String one : series) {
                assertTrue(now.value(one) > before.getOrDefault(one, 0.0), one);
              }
            });
  }

  /** What is done, and what it moves: what falls again, in its course; counters, at the end. */
  @Test
  void whatHappensMovesIt() throws Exception {
    Map<String, Double> before = page().samples();
    WireClient alice = server.join("alice");
    for (int i = 0; i < 3; i++) {
      ask(alice, "CreateTicket", "'ticket':{'title':'Printer'}");
    }
    ask(alice, "UpdateTicket", "'ticket':3,'changes':{'status':'closed'}");
    ask(alice, "CommentTicket", "'ticket':1,'text':'Looked at'");
    ask(alice, "LockTicket", "'ticket':77");
    breakLocks(before, alice);
    ask(alice, "LockTicket", "'ticket':1,'ttlMillis':1000");
    ask(alice, "ClaimTicket", "'returns':true");
    ask(alice, "UnlockTicket", "'ticket':2,'giveBack':{'failed':true}");
    alice.sendClose(1000, "");
    journal.poison("a test");
    awaitRisen(
        before,
        "billets_events_total{type=\"TicketCreated\"}",
        "billets_events_total{type=\"TicketUpdated\"}",
        "billets_events_total{type=\"TicketCommented\"}",
        "billets_events_total{type=\"TicketLocked\"}",
        "billets_events_total{type=\"TicketUnlocked\"}",
        "billets_tickets{status=\"open\"}",
        "billets_tickets{status=\"closed\"}",
        "billets_revision",
        "billets_rejections_total{code=\"NOT_FOUND\"}",
        "billets_lock_wait_seconds_count",
        "billets_lock_hold_seconds_count",
        "billets_lock_ends_total{reason=\"released\"}",
        "billets_lock_ends_total{reason=\"stolen\"}",
        "billets_lock_ends_total{reason=\"forced\"}",
        "billets_claims_total",
        "billets_claims_returned_total",
        "billets_session_ends_total{reason=\"closed\"}",
        "billets_journal_commit_seconds_count",
        "billets_journal_sync_seconds_count",
        "billets_journal_batch_events_count",
        "billets_journal_log_bytes",
        "billets_journal_read_only");
  }

  /** A lock is handed over, stolen and forced; another one expires. */
  private void breakLocks(Map<String, Double> before, WireClient alice) {
    try (WireClient admin = server.join("admin-ada")) {
      long token = token(ask(alice, "LockTicket", "'ticket':1"));
      String waiting = send(admin, "LockTicket", "'ticket':1,'waitForever':true");
      awaitRisen(
          before,
          "billets_sessions{role=\"agent\"}",
          "billets_sessions{role=\"admin\"}",
          "billets_locks",
          "billets_lock_waiting",
          "billets_desk_unanswered_requests");
      ask(alice, "UnlockTicket", "'ticket':1,'token':" + token);
      long handed = token(admin.answer(waiting));
      String breaking = "'ticket':1,'%s':{'token':%d,'reason':'urgent'}";
      long stolen = token(ask(alice, "LockTicket", breaking.formatted("steal", handed)));
      ask(admin, "UnlockTicket", breaking.formatted("force", stolen));
      ask(alice, "LockTicket", "'ticket':2,'ttlMillis':1000");
      awaitRisen(before, "billets_lock_ends_total{reason=\"expired\"}");
    }
  }

  @Test
  void whatTheEdgeRefusesIsCounted() throws Exception {
    Map<String, Double> before = page().samples();
    try (RawClient client = new RawClient(server.port(), 0)) {
      client.ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    }
    assertEquals(401, get("Authorization", "Bearer no:one").statusCode());
    awaitRisen(
        before,
        "billets_refusals_total{reason=\"foreign\"}",
        "billets_refusals_total{reason=\"wrong_token\"}");
  }

  @Test
  void manyScrapesAtOnceAreServed() throws Exception {
    List<HttpResponse<String>> answers =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return get();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    for (HttpResponse<String> answer : answers) {
      assertTrue(answer.statusCode() == 200 || answer.statusCode() == 503, answer.body());
    }
    assertEquals(200, get().statusCode());
  }
}
