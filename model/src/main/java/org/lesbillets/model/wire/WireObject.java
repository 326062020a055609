package org.lesbillets.model.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.WireNamed;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.RejectionDetails;

/**
 * Typed access to the fields of a parsed JSON object: a value of another shape is a
 * WireFormatException that names the field. Unknown fields are ignored, unless the names that are
 * asked for are {@linkplain #accounted recorded}. A field that is null counts as left out, but for
 * {@link #isNull}. For one thread and one message.
 */
final class WireObject {
  private final Map<String, Object> fields;
  private final String prefix;

  /** What was asked for; null where no account is kept. */
  private final KnownFields known;

  /**
   * @param prefix what stands before the names of the fields in complaints, "" or "steal."
   */
  WireObject(Map<String, Object> fields, String prefix) {
    this(fields, prefix, null);
  }

  private WireObject(Map<String, Object> fields, String prefix, KnownFields known) {
    this.fields = fields;
    this.prefix = prefix;
    this.known = known;
  }

  /** A message whose reader is followed, so that {@link #refuseUnknown} knows what it knows. */
  static WireObject accounted(Map<String, Object> fields) {
    return new WireObject(fields, "", new KnownFields());
  }

  private WireObject within(Map<String, Object> object, String prefix) {
    return known == null
        ? new WireObject(object, prefix)
        : known.found(new WireObject(object, prefix, new KnownFields()));
  }

  private Object get(String name) {
    if (known != null) {
      known.asked(name);
    }
    return fields.get(name);
  }

  /** Says of fields that they are known, and do not matter here. */
  void ignore(String... names) {
    if (known != null) {
      List.of(names).forEach(known::asked);
    }
  }

  /**
   * Refuses what was not asked for, here and in the objects within. To be called when all was read,
   * of a message that is {@link #accounted}.
   *
   * @throws WireFormatException that names the first such field, and the known one nearest to it
   */
  void refuseUnknown() throws WireFormatException {
    known.check(this);
  }

  boolean has(String name) {
    return get(name) != null;
  }

  boolean isNull(String name) {
    return get(name) == null && fields.containsKey(name);
  }

  Set<String> names() {
    return fields.keySet();
  }

  /** The name of a field in complaints. */
  String path(String name) {
    return prefix + name;
  }

  /** A complaint about what a field holds. */
  WireFormatException wrong(String name, String sentence) {
    return new WireFormatException(path(name) + " " + sentence, RejectionDetails.field(path(name)));
  }

  /** A complaint about how much or how little a field holds. */
  WireFormatException beyond(String name, long limit, String sentence) {
    return new WireFormatException(
        path(name) + " " + sentence, RejectionDetails.limit(path(name), limit));
  }

  private <T> T as(Class<T> shape, String name, String expected) throws WireFormatException {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (!shape.isInstance(value)) {
      throw wrong(name, "must be " + expected);
    }
    return shape.cast(value);
  }

  private <T> T required(String name, T value) throws WireFormatException {
    if (value == null) {
      throw wrong(name, "is missing: give it");
    }
    return value;
  }

  /** A value of any shape, as {@link WireTree#plain} has it. */
  Object plain(String name) {
    return WireTree.plain(get(name));
  }

  String textOrNull(String name) throws WireFormatException {
    return as(String.class, name, "a text");
  }

  String text(String name) throws WireFormatException {
    return required(name, textOrNull(name));
  }

  Boolean flagOrNull(String name) throws WireFormatException {
    return as(Boolean.class, name, "true or false");
  }

  /** False when it is left out. */
  boolean flag(String name) throws WireFormatException {
    return Boolean.TRUE.equals(flagOrNull(name));
  }

  Long integerOrNull(String name, long min, long max) throws WireFormatException {
    Object given = get(name);
    if (given == null) {
      return null;
    }
    if (!(given instanceof WireTree.Number number)) {
      throw wrong(name, "must be " + integerFrom(min, max));
    }
    String literal = number.literal();
    if (!number.isInteger()) {
      throw wrong(name, "must be " + integerFrom(min, max) + ", without fraction or exponent");
    }
    boolean fits = literal.length() < 19;
    long value = fits ? Long.parseLong(literal) : 0;
    if (literal.startsWith("-") && min >= 0 || fits && value < min) {
      throw beyond(name, min, "must be " + integerFrom(min, max));
    }
    if (!fits || value > max) {
      throw beyond(name, max, "must be " + integerFrom(min, max));
    }
    return value;
  }

  private static String integerFrom(long min, long max) {
    return "an integer from " + min + " to " + max;
  }

  long integer(String name, long min, long max) throws WireFormatException {
    return required(name, integerOrNull(name, min, max));
  }

  /** A revision, token or count, or null. */
  Long countOrNull(String name) throws WireFormatException {
    return integerOrNull(name, 0, WireLimits.MAX_INTEGER);
  }

  /** A revision, token or count. */
  long count(String name) throws WireFormatException {
    return required(name, countOrNull(name));
  }

  /** What names a ticket: the text of a JSON integer, or a text. */
  String numberOrText(String name) throws WireFormatException {
    Object value = required(name, get(name));
    if (value instanceof WireTree.Number number) {
      return number.literal();
    }
    return as(String.class, name, "a ticket's number, its UUID, or the beginning of its UUID");
  }

  Duration millisOrNull(String name, Duration min, Duration max) throws WireFormatException {
    Long millis = integerOrNull(name, min.toMillis(), max.toMillis());
    return millis == null ? null : Duration.ofMillis(millis);
  }

  Instant timeOrNull(String name) throws WireFormatException {
    String text = textOrNull(name);
    try {
      return text == null ? null : WireTime.parse(text);
    } catch (DateTimeException e) {
      throw wrong(name, "must be a time as in 2026-11-22T09:14:03.120Z");
    }
  }

  Instant time(String name) throws WireFormatException {
    return required(name, timeOrNull(name));
  }

  /**
   * What a text says as a value of some kind.
   *
   * @return null for "", where the kind has an empty value
   */
  <T> T parsed(String name, String text, FieldType<T> type) throws WireFormatException {
    try {
      return type.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "must be " + type.rule());
    }
  }

  /** Null for what is left out, and for "". */
  AgentName agentOrNull(String name) throws WireFormatException {
    String text = textOrNull(name);
    return text == null ? null : parsed(name, text, TicketField.ASSIGNEE.type());
  }

  AgentName agent(String name) throws WireFormatException {
    return required(name, agentOrNull(name));
  }

  /** One of some constants, by its name; null where it is left out. */
  <E extends WireNamed> E choiceOrNull(String name, E[] choices) throws WireFormatException {
    String word = textOrNull(name);
    E choice = WireNamed.find(choices, word);
    if (word != null && choice == null) {
      throw wrong(name, "must be one of " + String.join(", ", WireNamed.names(choices)));
    }
    return choice;
  }

  <E extends WireNamed> E choice(String name, E[] choices) throws WireFormatException {
    return required(name, choiceOrNull(name, choices));
  }

  /**
   * @param prefix what stands before the names of its fields in complaints
   */
  @SuppressWarnings("unchecked")
  WireObject objectOrNull(String name, String prefix) throws WireFormatException {
    Map<String, Object> object = as(Map.class, name, "an object");
    return object == null ? null : within(object, prefix);
  }

  WireObject object(String name, String prefix) throws WireFormatException {
    return required(name, objectOrNull(name, prefix));
  }

  /** Decoder of one object in a list. */
  interface ElementReader<T> {
    T read(WireObject element) throws WireFormatException;
  }

  /** Empty when it is left out. */
  @SuppressWarnings("unchecked")
  <T> List<T> objects(String name, ElementReader<T> reader) throws WireFormatException {
    List<T> read = new ArrayList<>();
    for (Map<String, Object> element : list(name, Map.class, "a list of objects")) {
      read.add(reader.read(within(element, path(name) + ".")));
    }
    return read;
  }

  /** Empty when it is left out. */
  List<String> texts(String name) throws WireFormatException {
    return list(name, String.class, "a list of texts");
  }

  private <T> List<T> list(String name, Class<T> shape, String expected)
      throws WireFormatException {
    List<?> given = as(List.class, name, expected);
    List<T> elements = new ArrayList<>();
    for (Object element : given == null ? List.of() : given) {
      if (!shape.isInstance(element)) {
        throw wrong(name, "must be " + expected);
      }
      elements.add(shape.cast(element));
    }
    return elements;
  }
}
