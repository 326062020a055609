package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** The part of the protocol that this version leaves out, held to the files that describe it. */
class UnservedTest {
  private static final List<String> REQUESTS = List.of("client.Backup", "client.Compact");

  /** The golden files of messages that this version has no class for. */
  static final List<String> FILES = REQUESTS;

  static List<String> requests() {
    return REQUESTS;
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
        "{'type':'Backup','requestId':'7'}",
        "{'type':'Compact','requestId':'7','keepEvents':-1}",
      })
  void itsFieldsAreNotLookedAt(String json) {
    assertEquals(refusal("7", json.split("'")[3]), refused(json.replace('\'', '"')));
  }

  @Test
  void oneFromAFileIsRefusedByItsNameToo() {
    UnservedRequestException refused =
        assertThrows(
            UnservedRequestException.class,
            () -> MessageCodec.decodeClientMessage("{\"type\":\"Compact\",\"keep\":5}", "11"));
    assertEquals("Compact", refused.type());
    assertEquals("11", refused.rejected().requestId());
  }

  @Test
  void oneWithoutAnIdIsWrong() {
    assertEquals("requestId", refused("{\"type\":\"Backup\"}").details().field());
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
