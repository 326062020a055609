package org.lesbillets.model.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.WireNamed;
import org.lesbillets.model.WireTime;

/**
 * The type of a field's values: its form, the codec of its text, its bound, and its empty value.
 * Knows no field and no format: the encoders and parsers of the wire, CSV, queries, templates and
 * forms call it. Immutable; any thread.
 */
public abstract class FieldType<T> {
  /** How a value is written, in JSON and elsewhere. */
  public enum Form {
    /** A text of one line that has to say something. */
    TITLE,
    /** A text of one line. */
    LINE,
    /** A text of many lines. */
    BLOCK,
    /** A text of a special form: a name, a key, a time, or one of some words. */
    WORD,
    /** A whole number. */
    NUMBER,
    /** Several texts of one line. */
    LIST
  }

  private final Form form;
  private final T empty;
  private final long limit;

  private FieldType(Form form, T empty, long limit) {
    this.form = form;
    this.empty = empty;
    this.limit = limit;
  }

  public final Form form() {
    return form;
  }

  /** The value of a field that was not filled in, or was cleared; null where that is no value. */
  public final T empty() {
    return empty;
  }

  /** Code points of a line, bytes of a block, the highest number; 0 for words and lists. */
  public final long limit() {
    return limit;
  }

  /** Whether an update may clear the field. */
  public final boolean isClearable() {
    return empty == null || form == Form.BLOCK;
  }

  /** Whether any text of one line may be typed into it. */
  public final boolean isFreeLine() {
    return form == Form.TITLE || form == Form.LINE;
  }

  /** Whether its values are names of agents. */
  public boolean isAgent() {
    return false;
  }

  /** Whether its values are times. */
  public boolean isTime() {
    return false;
  }

  /** The words a value can be; empty where it is typed freely. */
  public List<String> choices() {
    return List.of();
  }

  /** Encodes a value, which is not null, as text. */
  public String text(T value) {
    return value.toString();
  }

  /**
   * Parses the text of a value; lengths and characters are not checked.
   *
   * @return null if it says nothing, and the field can be cleared
   * @throws IllegalArgumentException if it is no value of this kind; the message says why
   */
  public abstract T parse(String text);

  /** What a text has to be, to follow "must be". */
  public String rule() {
    return "a text";
  }

  /** The value as a ticket keeps it: immutable. */
  T kept(T value) {
    return value;
  }

  /** A text as it is. */
  static final class Text extends FieldType<String> {
    Text(Form form, long limit) {
      super(form, form == Form.LINE ? null : "", limit);
    }

    @Override
    public String parse(String text) {
      return text.isEmpty() ? empty() : text;
    }
  }

  /** One of some constants. */
  static final class Choice<E extends WireNamed> extends FieldType<E> {
    private final E[] values;
    private final List<String> words;

    Choice(E[] values, E otherwise) {
      super(Form.WORD, otherwise, 0);
      this.values = values;
      this.words = WireNamed.names(values);
    }

    @Override
    public List<String> choices() {
      return words;
    }

    @Override
    public String text(E value) {
      return value.wireName();
    }

    @Override
    public E parse(String text) {
      E value = WireNamed.find(values, text);
      if (value == null) {
        throw new IllegalArgumentException("'" + text + "' is not " + rule());
      }
      return value;
    }

    @Override
    public String rule() {
      return "one of " + String.join(", ", words);
    }
  }

  /** The name of an agent, or none. */
  static final class Agent extends FieldType<AgentName> {
    Agent() {
      super(Form.WORD, null, 0);
    }

    @Override
    public boolean isAgent() {
      return true;
    }

    @Override
    public AgentName parse(String text) {
      if (text.isEmpty()) {
        return null;
      }
      AgentName known = InternPool.AGENTS.find(text);
      return known == null ? InternPool.AGENTS.keep(text, new AgentName(text)) : known;
    }

    @Override
    public String rule() {
      return "an agent's name: 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or"
          + " digit, and not me, none or all";
    }
  }

  /** A time, in whole milliseconds, or none. */
  static final class Time extends FieldType<Instant> {
    Time() {
      super(Form.WORD, null, 0);
    }

    @Override
    public boolean isTime() {
      return true;
    }

    @Override
    public String text(Instant value) {
      return WireTime.format(value);
    }

    @Override
    public Instant parse(String text) {
      try {
        return text.isEmpty() ? null : WireTime.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("'" + text + "' is not " + rule(), e);
      }
    }

    @Override
    public String rule() {
      return "a time as in 2026-11-22T09:14:03.120Z, of the years 0 to 9999, or nothing";
    }
  }

  /** A name that programs choose for a trouble, or none. */
  static final class Key extends FieldType<String> {
    Key() {
      super(Form.WORD, null, WireLimits.KEY);
    }

    @Override
    public String parse(String text) {
      if (text.isEmpty()) {
        return null;
      }
      if (!TicketRef.ByKey.isKey(text)) {
        throw new IllegalArgumentException("'" + text + "' is not " + rule());
      }
      return text;
    }

    @Override
    public String rule() {
      return TicketRef.ByKey.RULE;
    }
  }

  /** A whole number from 0. */
  static final class Count extends FieldType<Long> {
    Count(long highest) {
      super(Form.NUMBER, 0L, highest);
    }

    @Override
    public Long parse(String text) {
      return Long.valueOf(text);
    }
  }

  /** Several texts of one line, each once. */
  static final class Tags extends FieldType<List<String>> {
    Tags() {
      super(Form.LIST, List.of(), 0);
    }

    @Override
    public String text(List<String> value) {
      return FieldText.written(value);
    }

    @Override
    public List<String> parse(String text) {
      return FieldText.readAll(text);
    }

    @Override
    List<String> kept(List<String> value) {
      return List.copyOf(value);
    }
  }
}
