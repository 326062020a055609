package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/**
 * One request that is refused, a row of a table. Quotes in its source are written '.
 *
 * @param limit null where the field is wrong whatever its size
 * @param requestId whose request it was, or null if that cannot be known
 */
record BadRequest(String json, RejectionCode code, String field, Long limit, String requestId) {
  static final String LONE = "\ud83d";

  static BadRequest invalid(String json, String field, Integer limit) {
    return new BadRequest(
        json.replace('\'', '"'),
        RejectionCode.INVALID,
        field,
        limit == null ? null : Long.valueOf(limit),
        "7");
  }

  static BadRequest nameless(String json, String field) {
    return new BadRequest(json.replace('\'', '"'), RejectionCode.INVALID, field, null, null);
  }

  static String with(String type, String fields) {
    return "{'type':'" + type + "','requestId':'7'" + (fields.isEmpty() ? "" : "," + fields) + "}";
  }

  static BadRequest field(String type, String fields, String field) {
    return invalid(with(type, fields), field, null);
  }

  static BadRequest beyond(String type, String fields, String field, long limit) {
    return new BadRequest(
        with(type, fields).replace('\'', '"'), RejectionCode.INVALID, field, limit, "7");
  }

  static BadRequest draft(String fields, String field) {
    return field("CreateTicket", "'ticket':{" + fields + "}", field);
  }

  static BadRequest draftBeyond(String fields, String field, long limit) {
    return beyond("CreateTicket", "'ticket':{" + fields + "}", field, limit);
  }

  static BadRequest update(String fields, String field) {
    return field("UpdateTicket", "'ticket':17,'changes':{" + fields + "}", field);
  }

  static BadRequest lock(String fields, String field) {
    return field("LockTicket", "'ticket':17," + fields, field);
  }

  static BadRequest lockBeyond(String fields, String field, long limit) {
    return beyond("LockTicket", "'ticket':17," + fields, field, limit);
  }

  static BadRequest nameless(String json, String field, String requestId) {
    return new BadRequest(json.replace('\'', '"'), RejectionCode.INVALID, field, null, requestId);
  }

  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  static BadRequest namelessBeyond(String json, long limit) {
    return new BadRequest(json(json), RejectionCode.INVALID, "requestId", limit, null);
  }

  static BadRequest tooLarge(String type, String fields, String field) {
    return new BadRequest(json(with(type, fields)), RejectionCode.TOO_LARGE, field, 65_536L, "7");
  }

  static Stream<DynamicTest> table(BadRequest... rows) {
    return Stream.of(rows)
        .map(row -> DynamicTest.dynamicTest("<" + shown(row.json()) + ">", () -> refused(row)));
  }

  private static String shown(String json) {
    return json.length() <= 120 ? json : json.substring(0, 117) + "…";
  }

  private static void refused(BadRequest bad) {
    WireFormatException e =
        assertThrows(WireFormatException.class, () -> MessageCodec.decodeClientMessage(bad.json()));
    ServerMessage.Rejected rejected = e.rejected();
    assertEquals(bad.code(), rejected.code(), rejected.message());
    assertEquals(bad.field(), rejected.details().field(), rejected.message());
    assertEquals(bad.limit(), rejected.details().limit(), rejected.message());
    assertEquals(bad.requestId(), rejected.requestId());
    String message = rejected.message();
    assertTrue(message.contains(bad.field()) || message.contains("JSON"), message);
    assertTrue(
        bad.limit() == null || message.contains(bad.limit().toString()) || bad.limit() <= 1,
        message);
    assertTrue(message.length() < 300 && TextRules.isOneLine(message), message);
    assertFalse(message.contains("Exception") || message.contains("gson"), message);
  }
}
