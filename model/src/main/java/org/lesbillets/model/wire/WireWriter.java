package org.lesbillets.model.wire;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.FieldType.Form;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * Encoder of one JSON object into a memory buffer, field by field. For one thread and message; of
 * no use any more when its text was taken, since its buffer is another message's then.
 */
final class WireWriter {
  private Utf8Buffer text = Utf8Buffer.take();
  private JsonWriter json = new JsonWriter(text);

  private interface Step {
    void run() throws IOException;
  }

  private WireWriter step(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  WireWriter beginObject() {
    return step(() -> json.beginObject());
  }

  WireWriter beginObject(String name) {
    return step(() -> json.name(name).beginObject());
  }

  WireWriter endObject() {
    return step(() -> json.endObject());
  }

  WireWriter beginArray(String name) {
    return step(() -> json.name(name).beginArray());
  }

  WireWriter endArray() {
    return step(() -> json.endArray());
  }

  /** A text, or null. */
  WireWriter text(String name, String value) {
    return step(() -> json.name(name).value(value));
  }

  /** A text; nothing for null. */
  WireWriter textIfAny(String name, String value) {
    return value == null ? this : text(name, value);
  }

  /** Something that is written as its text, or null. */
  WireWriter shown(String name, Object value) {
    return text(name, value == null ? null : value.toString());
  }

  WireWriter shownIfAny(String name, Object value) {
    return value == null ? this : shown(name, value);
  }

  WireWriter number(String name, long value) {
    return step(() -> json.name(name).value(value));
  }

  WireWriter numberIfAny(String name, Number value) {
    return value == null ? this : number(name, value.longValue());
  }

  WireWriter flag(String name, boolean value) {
    return step(() -> json.name(name).value(value));
  }

  WireWriter flagIfTrue(String name, boolean value) {
    return value ? flag(name, true) : this;
  }

  WireWriter time(String name, Instant value) {
    return text(name, WireTime.format(value));
  }

  WireWriter millis(String name, Duration value) {
    return number(name, value.toMillis());
  }

  WireWriter millisIfAny(String name, Duration value) {
    return value == null ? this : millis(name, value);
  }

  /** A list whose elements {@code element} writes. */
  <T> WireWriter array(String name, List<T> elements, Consumer<T> element) {
    beginArray(name);
    elements.forEach(element);
    return endArray();
  }

  WireWriter texts(String name, List<String> values) {
    return array(name, values, value -> step(() -> json.value(value)));
  }

  WireWriter textsIfAny(String name, List<String> values) {
    return values.isEmpty() ? this : texts(name, values);
  }

  /** The value of a ticket's field. */
  <T> WireWriter field(TicketField<T> field, TicketContent content) {
    T value = content.get(field);
    return switch (field.type().form()) {
      case TITLE, LINE, BLOCK -> text(field.wireName(), (String) value);
      case WORD -> text(field.wireName(), value == null ? null : field.type().text(value));
      case NUMBER -> number(field.wireName(), (Long) value);
      case LIST -> texts(field.wireName(), content.tags());
    };
  }

  /** The text of a value as JSON has it; null is null. */
  WireWriter scalar(String name, FieldType<?> type, String text) {
    return text != null && type.form() == Form.NUMBER
        ? number(name, Long.parseLong(text))
        : text(name, text);
  }

  /** A text, number, flag, list, map of those, or null, as a value of its own. */
  WireWriter plain(Object value) {
    return step(() -> write(value));
  }

  private void write(Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.beginObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        json.name((String) field.getKey());
        write(field.getValue());
      }
      json.endObject();
    } else if (value instanceof List<?> list) {
      json.beginArray();
      for (Object element : list) {
        write(element);
      }
      json.endArray();
    } else if (value instanceof Number number) {
      json.value(number);
    } else if (value instanceof Boolean flag) {
      json.value(flag);
    } else {
      json.value((String) value);
    }
  }

  WireWriter nothing(String name) {
    return step(() -> json.name(name).nullValue());
  }

  /** The bytes that were written so far. */
  int length() {
    return text.length();
  }

  /** What was written, as JSON text; the last call. */
  String json() {
    String whole = text.text();
    end();
    return whole;
  }

  /** What was written, as JSON text in UTF-8; the last call. */
  byte[] utf8() {
    byte[] whole = text.utf8();
    end();
    return whole;
  }

  private void end() {
    text.giveBack();
    text = null;
    json = null;
  }
}
