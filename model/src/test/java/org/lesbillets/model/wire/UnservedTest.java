package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** The part of the protocol that this version leaves out, held to the files that describe it. */
class UnservedTest {
  private static final List<String> REQUESTS =
      List.of(
          "client.Backup",
          "client.Compact",
          "client.Drain",
          "client.KickSession",
          "client.ListSessions",
          "client.RedactTicket.all",
          "client.RedactTicket.bare");

  private static final List<String> ANSWERS =
      List.of("server.Sessions.none", "server.Sessions.two");

  /** The golden files of messages that this version has no class for. */
  static final List<String> FILES = concat(REQUESTS, ANSWERS);

  private static List<String> concat(List<String> one, List<String> other) {
    return Stream.of(one, other).flatMap(List::stream).toList();
  }

  static List<String> requests() {
    return REQUESTS;
  }

  static List<String> answers() {
    return ANSWERS;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsRefusedByItsName(String file) throws Exception {
    String json = GoldenFile.read(GoldenFile.WIRE, file);
    String id = JsonParser.parseString(json).getAsJsonObject().get("requestId").getAsString();
    assertEquals(refusal(id, file.split("\\.")[1]), refused(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'KickSession','requestId':'7'}",
        "{'type':'Drain','requestId':'7','afterMillis':-1}",
        "{'type':'Backup','requestId':'7'}",
        "{'type':'Compact','requestId':'7','keepEvents':-1}",
        "{'type':'RedactTicket','requestId':'7'}",
      })
  void itsFieldsAreNotLookedAt(String json) {
    assertEquals(refusal("7", json.split("'")[3]), refused(json.replace('\'', '"')));
  }

  @Test
  void oneFromAFileIsRefusedByItsNameToo() {
    UnservedRequestException refused =
        assertThrows(
            UnservedRequestException.class,
            () -> MessageCodec.decodeClientMessage("{\"type\":\"Drain\",\"after\":5}", "11"));
    assertEquals("Drain", refused.type());
    assertEquals("11", refused.rejected().requestId());
  }

  @Test
  void oneWithoutAnIdIsWrong() {
    assertEquals("requestId", refused("{\"type\":\"ListSessions\"}").details().field());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerIsUnknown(String file) throws Exception {
    assertEquals(
        new ServerMessage.UnknownMessage("Sessions"),
        MessageCodec.decodeServerMessage(GoldenFile.read(GoldenFile.WIRE, file)));
  }

  private static ServerMessage.Rejected refused(String json) {
    return assertThrows(WireFormatException.class, () -> MessageCodec.decodeClientMessage(json))
        .rejected();
  }

  private static ServerMessage.Rejected refusal(String requestId, String type) {
    return new ServerMessage.Rejected(
        requestId,
        RejectionCode.INVALID,
        type + " is part of the protocol, but not served by this version of the server.",
        RejectionDetails.NONE);
  }
}
