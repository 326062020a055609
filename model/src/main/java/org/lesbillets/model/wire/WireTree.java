package org.lesbillets.model.wire;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.RejectionDetails;

/**
 * Strict parser of one JSON object into maps, lists, strings, booleans, {@link Number}s and nulls.
 * A duplicate name in one object is refused, since two parsers could take different values.
 *
 * <p>For one thread and one message; nesting is bounded by the given depth.
 */
final class WireTree {
  /** A number as it was written. */
  record Number(String literal) {
    /** Whether it has neither fraction nor exponent. */
    boolean isInteger() {
      for (int i = literal.startsWith("-") ? 1 : 0; i < literal.length(); i++) {
        if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    /** A Long; a Double for what is none. */
    Object plain() {
      return isInteger() && literal.length() < 19
          ? (Object) Long.valueOf(literal)
          : (Object) Double.valueOf(literal);
    }
  }

  /** A value without classes of this package: a Long or Double in place of a Number. */
  static Object plain(Object value) {
    if (value instanceof Number number) {
      return number.plain();
    }
    if (value instanceof Map<?, ?> object) {
      Map<String, Object> plain = new LinkedHashMap<>();
      object.forEach((name, inner) -> plain.put((String) name, plain(inner)));
      return plain;
    }
    return value instanceof List<?> list ? list.stream().map(WireTree::plain).toList() : value;
  }

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final JsonReader reader;
  private final int maxDepth;
  private int depth;

  private WireTree(String json, int maxDepth) {
    this.reader = strict(json, maxDepth);
    this.maxDepth = maxDepth;
  }

  private static JsonReader strict(String json, int maxDepth) {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(maxDepth + 1);
    return reader;
  }

  /**
   * @throws WireFormatException INVALID, without a request id, if {@code json} is anything but one
   *     JSON object
   */
  static Map<String, Object> read(String json, int maxDepth) throws WireFormatException {
    if (json.startsWith(BYTE_ORDER_MARK)) {
      throw invalid("a message starts with {, not with a byte order mark: leave the mark out");
    }
    WireTree tree = new WireTree(json, maxDepth);
    try {
      return tree.whole();
    } catch (IOException | IllegalStateException e) {
      throw invalid("the message is not JSON: send one JSON object in each message");
    }
  }

  private Map<String, Object> whole() throws IOException, WireFormatException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw invalid("the message is not a JSON object: send one JSON object in each message");
    }
    Map<String, Object> message = object();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw invalid("something follows the JSON object: send one JSON object in each message");
    }
    return message;
  }

  private Object value() throws IOException, WireFormatException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> reader.nextString();
      case NUMBER -> new Number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT ->
          throw new IllegalStateException("no value stands here");
    };
  }

  private Map<String, Object> object() throws IOException, WireFormatException {
    descend();
    Map<String, Object> fields = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      boolean twice = fields.containsKey(name);
      fields.put(name, value());
      if (twice) {
        throw duplicate(name);
      }
    }
    reader.endObject();
    depth--;
    return fields;
  }

  private List<Object> array() throws IOException, WireFormatException {
    descend();
    List<Object> elements = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      elements.add(value());
    }
    reader.endArray();
    depth--;
    return elements;
  }

  private void descend() throws WireFormatException {
    if (++depth > maxDepth) {
      throw new WireFormatException(
          "the message nests deeper than " + maxDepth + " levels: send a flatter one",
          RejectionDetails.limit("message", maxDepth));
    }
  }

  private static WireFormatException duplicate(String name) {
    String shown = TextRules.quotable(name) ? name : "a field";
    return new WireFormatException(
        shown + " stands twice in one object: give it once",
        RejectionDetails.field(TextRules.quotable(name) ? name : "message"));
  }

  private static WireFormatException invalid(String sentence) {
    return new WireFormatException(sentence, RejectionDetails.field("message"));
  }

  /** The request id of what cannot be read as a whole, if it stands before the mistake; or null. */
  static String requestIdOf(String json) {
    JsonReader reader = strict(json, WireLimits.CLIENT_MESSAGE_DEPTH);
    try {
      reader.beginObject();
      while (reader.hasNext()) {
        if (reader.nextName().equals("requestId")) {
          String id = reader.peek() == JsonToken.STRING ? reader.nextString() : null;
          return TextRules.isRequestId(id) ? id : null;
        }
        reader.skipValue();
      }
      return null;
    } catch (IOException | IllegalStateException e) {
      return null;
    }
  }
}
