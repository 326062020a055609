package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.WireNamed;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RandomMessages;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.TicketQuery;

/** Holds docs/asyncapi.yaml equal to the golden files and the limits. */
class AsyncApiTest {
  /** Examples of what this version does not know. */
  private static final Set<String> UNKNOWN = Set.of("TicketMerged", "Weather");

  /** What is written in full, and may be left out by others. */
  private static final Set<String> ALWAYS_WRITTEN =
      Set.of(
          "ImportedComment.id",
          "ImportedTicket.assignee",
          "ImportedTicket.description",
          "ImportedTicket.priority",
          "ImportedTicket.reference",
          "ImportedTicket.requester",
          "ImportedTicket.status",
          "ImportedTicket.tags");

  private final AsyncApi api;

  AsyncApiTest() throws IOException {
    api = AsyncApi.load();
  }

  private static Set<String> goldens() throws IOException {
    return GoldenFile.names(GoldenFile.WIRE).stream()
        .filter(name -> !UNKNOWN.contains(type(name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String type(String golden) {
    return golden.split("\\.")[1];
  }

  @TestFactory
  Stream<DynamicTest> everyGoldenFitsItsSchema() throws IOException {
    return goldens().stream().map(name -> DynamicTest.dynamicTest(name, () -> fits(name)));
  }

  private void fits(String golden) throws IOException {
    String json = GoldenFile.read(GoldenFile.WIRE, golden);
    assertEquals(List.of(), api.complaints(type(golden), json));
  }

  @Test
  void everySchemaHasAGoldenAndEveryGoldenASchema() throws IOException {
    Set<String> types =
        goldens().stream().map(AsyncApiTest::type).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(types, new TreeSet<>(api.mapAt("components/messages").keySet()));
    assertEquals(types, new TreeSet<>(api.mapAt("channels/tickets/messages").keySet()));
    for (String type : types) {
      assertEquals(type, api.at("components/messages/" + type + "/name"));
      assertEquals(
          Map.of("$ref", "#/components/schemas/" + type),
          api.at("components/messages/" + type + "/payload"));
      assertEquals(type, api.at("components/schemas/" + type + "/properties/type/const"));
    }
  }

  @Test
  void everyPropertyIsShownAndEveryOptionalOneLeftOutOnce() throws IOException {
    PropertyCensus census = new PropertyCensus(api);
    for (String golden : goldens()) {
      census.count(type(golden), JsonParser.parseString(GoldenFile.read(GoldenFile.WIRE, golden)));
    }
    assertEquals(Set.of(), census.neverPresent());
    assertEquals(new TreeSet<>(ALWAYS_WRITTEN), census.neverAbsent());
  }

  @Test
  void everySchemaIsUsedAndEveryReferenceLeadsSomewhere() {
    Set<String> used = new TreeSet<>();
    for (String ref : api.refs()) {
      assertNotNull(api.at(ref.substring("#/".length())), ref);
      used.add(ref);
    }
    Set<String> schemas =
        api.mapAt("components/schemas").keySet().stream()
            .map(name -> "#/components/schemas/" + name)
            .collect(Collectors.toCollection(TreeSet::new));
    schemas.removeAll(used);
    assertEquals(Set.of(), schemas);
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyRequestIsAnOperationWithItsAnswers() throws IOException {
    Set<String> asked = new TreeSet<>();
    api.mapAt("operations")
        .forEach(
            (name, node) -> {
              Map<String, Object> operation = (Map<String, Object>) node;
              if (operation.get("action").equals("receive")) {
                asked.add("client." + Character.toUpperCase(name.charAt(0)) + name.substring(1));
                assertNotNull(operation.get("reply"), name);
              }
            });
    Set<String> requests =
        goldens().stream()
            .filter(name -> name.startsWith("client."))
            .map(name -> "client." + type(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(requests, asked);
  }

  @Test
  void whateverIsSaidFitsItsSchema() throws Exception {
    SeededTest.run(
        random -> {
          RandomMessages messages = new RandomMessages(random);
          for (int i = 0; i < 1_000; i++) {
            ClientMessage request = messages.client();
            fits(request.type(), MessageCodec.encode(request));
            ServerMessage answer = messages.server();
            fits(answer.type(), MessageCodec.encode(answer));
          }
        });
  }

  private void fits(String type, String json) {
    assertEquals(List.of(), api.complaints(type, json), json);
  }

  /** The schemas do refuse something: a guard against ones that are not looked at. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ping | {'type':'Ping'}",
        "Ping | {'type':'Ping','requestId':''}",
        "Ping | {'type':'Ping','requestId':'1','more':1}",
        "Position | {'type':'Position','revision':-1}",
        "GetTicket | {'type':'GetTicket','requestId':'1','ticket':0}",
        "GetTicket | {'type':'GetTicket','requestId':'1','ticket':'abc'}",
        "CommentTicket | {'type':'CommentTicket','requestId':'1','ticket':1,'text':' '}",
        "CreateTicket | {'type':'CreateTicket','requestId':'1','ticket':{'title':' '}}",
        "CreateTicket | {'type':'CreateTicket','requestId':'1','ticket':{'title':'t','x':1}}",
      })
  void whatIsWrongDoesNotFit(String type, String json) {
    assertFalse(api.complaints(type, json.replace('\'', '"')).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "RequestId/maxLength, REQUEST_ID",
    "JournalId/maxLength, LINE",
    "Line/maxLength, LINE",
    "Title/maxLength, TITLE",
    "Description/maxLength, TEXT_BYTES",
    "CommentText/maxLength, TEXT_BYTES",
    "Tag/maxLength, TAG",
    "Tags/maxItems, TAGS",
    "Count/maximum, MAX_INTEGER",
    "Millis/maximum, MAX_INTEGER",
    "TicketNumber/maximum, MAX_NUMBER",
    "Ttl/minimum, MIN_TTL",
    "Ttl/maximum, MAX_TTL",
    "Ttl/default, DEFAULT_TTL",
    "LockTicket/properties/waitMillis/maximum, MAX_WAIT",
    "Drain/properties/afterMillis/maximum, MAX_DRAIN",
    "WakeDelay/maximum, MAX_WAKE",
    "Attempts/maximum, ATTEMPTS",
    "GetTickets/properties/limit/maximum, MAX_LIST_LIMIT",
    "GetTicket/properties/limit/maximum, MAX_PAGE_LIMIT",
    "GetTicket/properties/limit/default, DEFAULT_PAGE_LIMIT",
    "AllTickets/properties/tickets/maxItems, PART_TICKETS",
    "Welcome/properties/protocol/const, PROTOCOL_VERSION",
  })
  void limitsAreThoseOfTheCodec(String path, String constant) throws Exception {
    Number described = (Number) api.at("components/schemas/" + path);
    assertEquals(limit(constant), described.longValue());
  }

  private static long limit(String constant) throws ReflectiveOperationException {
    Object value = WireLimits.class.getField(constant).get(null);
    return value instanceof Duration duration ? duration.toMillis() : ((Number) value).longValue();
  }

  @Test
  void wordsAreThoseOfTheCodec() {
    words("Code", Stream.of(RejectionCode.values()).map(RejectionCode::name).toList());
    words("Status", TicketField.STATUS.type().choices());
    words("Priority", TicketField.PRIORITY.type().choices());
    words("Role", WireNamed.names(Role.values()));
    words("TicketUnlocked/properties/reason", WireNamed.names(UnlockReason.values()));
    words("TicketLocked/properties/match", WireNamed.names(Match.values()));
    assertEquals(TicketQuery.MAX_LENGTH, api.at("components/schemas/Query/maxLength"));
  }

  private void words(String schema, List<String> words) {
    assertEquals(
        new TreeSet<>(words),
        new TreeSet<>((List<?>) api.at("components/schemas/" + schema + "/enum")));
  }
}
