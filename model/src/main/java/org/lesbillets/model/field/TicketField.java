package org.lesbillets.model.field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.field.FieldType.Form;

/**
 * A field of a ticket that its changes record: the one description that the wire codec, patches,
 * the journal, queries, CSV, the edit template, diff3 merges, forms and tables iterate. A constant
 * declared here is in all of them.
 *
 * <p>Immutable and compared by identity; any thread. Free of reflection, regular expressions and
 * lambdas, since every verb loads it: they would add to the latency of start-up.
 *
 * @param <T> what a ticket has in this field
 */
public final class TicketField<T> {
  /** Where a field differs from the usual. */
  private enum Trait {
    /** Changes of it commute, so that they need no lock. */
    WITHOUT_LOCK,
    /** A new ticket always has the empty value. */
    NOT_AT_CREATION,
    /** It is a counter or a key, not text that people edit. */
    NOT_EDITED,
    /** Raises of the ticket give it its value, not updates. */
    NOT_UPDATED
  }

  private static final List<TicketField<?>> DECLARED = new ArrayList<>();

  public static final TicketField<String> TITLE =
      new TicketField<>("title", text(Form.TITLE, WireLimits.TITLE), null);
  public static final TicketField<String> DESCRIPTION =
      new TicketField<>("description", text(Form.BLOCK, WireLimits.TEXT_BYTES), null);
  public static final TicketField<TicketStatus> STATUS =
      new TicketField<>(
          "status",
          new FieldType.Choice<>(TicketStatus.values(), TicketStatus.OPEN),
          "open or closed",
          Trait.NOT_AT_CREATION);
  public static final TicketField<Priority> PRIORITY =
      new TicketField<>(
          "priority",
          new FieldType.Choice<>(Priority.values(), Priority.NORMAL),
          "low, normal, high or urgent");
  public static final TicketField<AgentName> ASSIGNEE =
      new TicketField<>("assignee", new FieldType.Agent(), "an agent's name, me, or nothing");
  public static final TicketField<String> REQUESTER =
      new TicketField<>("requester", text(Form.LINE, WireLimits.LINE), "who asked");
  public static final TicketField<String> REFERENCE =
      new TicketField<>("reference", text(Form.LINE, WireLimits.LINE), "a mail, a call, a URL");
  public static final TicketField<List<String>> TAGS =
      new TicketField<>(
          "tags", new FieldType.Tags(), "with commas between them", Trait.WITHOUT_LOCK);
  public static final TicketField<Long> ATTEMPTS =
      new TicketField<>(
          "attempts",
          new FieldType.Count(WireLimits.ATTEMPTS),
          null,
          Trait.WITHOUT_LOCK,
          Trait.NOT_AT_CREATION,
          Trait.NOT_EDITED);
  public static final TicketField<Instant> WAKE_AT =
      new TicketField<>(
          "wakeAt",
          new FieldType.Time(),
          "asleep until then, as in 2h, tomorrow 9:00, fri 17:00, or nothing",
          Trait.WITHOUT_LOCK,
          Trait.NOT_AT_CREATION);
  public static final TicketField<String> KEY =
      new TicketField<>(
          "key",
          new FieldType.Key(),
          null,
          Trait.NOT_AT_CREATION,
          Trait.NOT_EDITED,
          Trait.NOT_UPDATED);
  public static final TicketField<Long> RAISED =
      new TicketField<>(
          "raised",
          new FieldType.Count(WireLimits.MAX_INTEGER),
          null,
          Trait.NOT_AT_CREATION,
          Trait.NOT_EDITED,
          Trait.NOT_UPDATED);

  /** Every field, in the order of the wire. */
  public static final List<TicketField<?>> ALL = List.copyOf(DECLARED);

  /** Those of the first version of the wire: where a whole ticket is written, they stand first. */
  public static final List<TicketField<?>> BEFORE_STAMPS = ALL.subList(0, TAGS.index + 1);

  /** Those that were added since: they stand behind the stamps of creation and update. */
  public static final List<TicketField<?>> BEHIND_STAMPS = ALL.subList(TAGS.index + 1, ALL.size());

  /** The fields that people edit: those of forms, templates and drafts. */
  public static final List<TicketField<?>> EDITED = without(Trait.NOT_EDITED);

  /** The fields that a creation can give. */
  public static final List<TicketField<?>> AT_CREATION = without(Trait.NOT_AT_CREATION);

  /** The fields that an update can change. */
  public static final List<TicketField<?>> UPDATED = without(Trait.NOT_UPDATED);

  private final String wireName;
  private final FieldType<T> type;
  private final String hint;
  private final List<Trait> traits;
  private final int index;

  private TicketField(String wireName, FieldType<T> type, String hint, Trait... traits) {
    this.wireName = wireName;
    this.type = type;
    this.hint = hint;
    this.traits = List.of(traits);
    this.index = DECLARED.size();
    DECLARED.add(this);
  }

  private static FieldType<String> text(Form form, int limit) {
    return new FieldType.Text(form, limit);
  }

  private static List<TicketField<?>> without(Trait trait) {
    List<TicketField<?>> fields = new ArrayList<>();
    for (TicketField<?> field : ALL) {
      if (!field.traits.contains(trait)) {
        fields.add(field);
      }
    }
    return List.copyOf(fields);
  }

  /** The field called {@code wireName}, or null. */
  public static TicketField<?> called(String wireName) {
    for (TicketField<?> field : ALL) {
      if (field.wireName.equals(wireName)) {
        return field;
      }
    }
    return null;
  }

  /** The name on the wire and in output. */
  public String wireName() {
    return wireName;
  }

  public FieldType<T> type() {
    return type;
  }

  /** What to write into it, for the one who edits; null where its name says enough. */
  public String hint() {
    return hint;
  }

  /** Whether only the holder may change it while the ticket is locked. */
  public boolean needsLock() {
    return !traits.contains(Trait.WITHOUT_LOCK);
  }

  /** Its place in {@link #ALL}. */
  int index() {
    return index;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
