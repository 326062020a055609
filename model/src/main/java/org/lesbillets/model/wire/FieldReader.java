package org.lesbillets.model.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.FieldType.Form;
import org.lesbillets.model.field.InternPool;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/**
 * Decoder of the fields of a ticket, by the description in {@link TicketField}: strict in requests,
 * which are held to the limits, and lenient in the messages of a server or the events of a journal.
 * Stateless; any thread.
 */
final class FieldReader {
  private FieldReader() {}

  /**
   * What a request says of a ticket.
   *
   * @param first the fields to be read before the others, and so first in complaints
   */
  static TicketContent strict(WireObject o, List<TicketField<?>> fields, TicketField<?>... first)
      throws WireFormatException {
    Set<TicketField<?>> ordered = new LinkedHashSet<>(List.of(first));
    ordered.addAll(fields);
    TicketContent.Builder content = TicketContent.EMPTY.change();
    for (TicketField<?> field : ordered) {
      set(content, field, o);
    }
    return content.build();
  }

  private static <T> void set(TicketContent.Builder content, TicketField<T> field, WireObject o)
      throws WireFormatException {
    T value = strict(o, field);
    content.set(field, value == null ? field.type().empty() : value);
  }

  /** What a request changes in a ticket. */
  static TicketPatch patch(WireObject o) throws WireFormatException {
    for (TicketField<?> field : TicketField.UPDATED) {
      if (isReplaced(field) && !field.type().isClearable() && o.isNull(field.wireName())) {
        throw o.wrong(field.wireName(), "cannot be cleared: give a value or leave it out");
      }
    }
    TicketPatch patch = TicketPatch.NOTHING;
    for (TicketField<?> field : TicketField.UPDATED) {
      if (isReplaced(field) && (o.has(field.wireName()) || o.isNull(field.wireName()))) {
        patch = with(patch, field, o);
      }
    }
    return patch.withTags(StrictFields.tags(o, "addTags"), StrictFields.knownTags(o, "removeTags"));
  }

  /** Lists are not replaced, but added to and removed from. */
  private static boolean isReplaced(TicketField<?> field) {
    return field.type().form() != Form.LIST;
  }

  private static <T> TicketPatch with(TicketPatch patch, TicketField<T> field, WireObject o)
      throws WireFormatException {
    return patch.with(field, strict(o, field));
  }

  /** A value held to its limits; null where it is left out or cleared. */
  @SuppressWarnings("unchecked")
  private static <T> T strict(WireObject o, TicketField<T> field) throws WireFormatException {
    String name = field.wireName();
    long limit = field.type().limit();
    return switch (field.type().form()) {
      case TITLE -> parsed(o, field, StrictFields.title(o, name));
      case LINE -> parsed(o, field, StrictFields.lineOrNull(o, name, (int) limit));
      case BLOCK -> parsed(o, field, StrictFields.blockOrNull(o, name));
      case WORD -> parsed(o, field, word(o, field));
      case NUMBER -> (T) o.integerOrNull(name, 0, limit);
      case LIST -> (T) StrictFields.tags(o, name);
    };
  }

  private static String word(WireObject o, TicketField<?> field) throws WireFormatException {
    String text = o.textOrNull(field.wireName());
    long limit = field.type().limit();
    if (limit > 0 && text != null && TextRules.length(text) > limit) {
      throw o.beyond(field.wireName(), limit, "must be " + field.type().rule());
    }
    return text;
  }

  private static <T> T parsed(WireObject o, TicketField<T> field, String text)
      throws WireFormatException {
    return text == null ? null : o.parsed(field.wireName(), text, field.type());
  }

  /** What a server or a journal says of a ticket; the description may be left out. */
  static TicketContent lenient(WireObject o) throws WireFormatException {
    TicketContent.Builder content = TicketContent.EMPTY.change();
    for (TicketField<?> field : TicketField.ALL) {
      setLenient(content, field, o);
    }
    return content.build();
  }

  @SuppressWarnings("unchecked")
  private static <T> void setLenient(
      TicketContent.Builder content, TicketField<T> field, WireObject o)
      throws WireFormatException {
    String name = field.wireName();
    T value =
        switch (field.type().form()) {
          case NUMBER -> (T) o.countOrNull(name);
          case LIST -> (T) shared(o.texts(name));
          case TITLE -> parsed(o, field, o.text(name));
          case LINE -> parsed(o, field, InternPool.line(o.textOrNull(name)));
          case BLOCK, WORD ->
              parsed(o, field, field.type().isClearable() ? o.textOrNull(name) : o.text(name));
        };
    boolean leftOut = value == null && field != TicketField.DESCRIPTION;
    content.set(field, leftOut ? field.type().empty() : value);
  }

  private static List<String> shared(List<String> tags) {
    tags.replaceAll(InternPool.TAGS::shared);
    return InternPool.TAG_LISTS.shared(List.copyOf(tags));
  }

  /** How an event changed the fields of a ticket; fields that are not known are left out. */
  static List<FieldChange> changes(WireObject o) throws WireFormatException {
    List<FieldChange> changes = new ArrayList<>();
    for (String name : o.names()) {
      TicketField<?> field = TicketField.called(name);
      if (field != null) {
        changes.add(change(field, o.object(name, o.path(name) + ".")));
      }
    }
    return changes;
  }

  private static FieldChange change(TicketField<?> field, WireObject o) throws WireFormatException {
    return switch (field.type().form()) {
      case BLOCK -> new FieldChange.Rewritten();
      case LIST -> new FieldChange.Retagged(o.texts("from"), o.texts("to"));
      case NUMBER -> new FieldChange.Replaced(field, "" + o.count("from"), "" + o.count("to"));
      case TITLE, LINE, WORD ->
          new FieldChange.Replaced(field, o.textOrNull("from"), o.textOrNull("to"));
    };
  }
}
