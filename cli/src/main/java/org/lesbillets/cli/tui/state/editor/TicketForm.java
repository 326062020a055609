package org.lesbillets.cli.tui.state.editor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * The fields of a ticket while somebody types into them.
 *
 * @param base what the form was made from, and what others change meanwhile is brought into; null
 *     for a new ticket
 * @param values what stands in the fields
 * @param focus which field takes the keys; one more than the last is the button that saves
 * @param saving how far saving has come
 * @param typedInto the fields that something was typed into since it was opened
 * @param theirs for fields that others changed while one changed them, what they wrote
 * @param notice what there is to say of it, or null
 */
public record TicketForm(
    DraftBase base,
    Map<TicketField<?>, TypedText> values,
    int focus,
    FormLease lease,
    Saving saving,
    Set<TicketField<?>> typedInto,
    Map<TicketField<?>, String> theirs,
    String notice)
    implements Input {

  /** How far saving has come. */
  public enum Saving {
    NO,
    /** It was wished for, and goes on as soon as the lock is there. */
    WISHED,
    SENT
  }

  private static final List<TicketField<?>> OF_NEW = descriptionLast(TicketField.AT_CREATION);
  private static final List<TicketField<?>> OF_OLD = descriptionLast(TicketField.EDITED);

  private static List<TicketField<?>> descriptionLast(List<TicketField<?>> fields) {
    List<TicketField<?>> ordered = new ArrayList<>(fields);
    ordered.remove(TicketField.DESCRIPTION);
    ordered.add(TicketField.DESCRIPTION);
    return List.copyOf(ordered);
  }

  public TicketForm {
    values = Map.copyOf(values);
    theirs = Map.copyOf(theirs);
    typedInto = Set.copyOf(typedInto);
    Objects.requireNonNull(lease, "lease");
    Objects.requireNonNull(saving, "saving");
  }

  /** An empty form for a new ticket. */
  public static TicketForm blank() {
    return new TicketForm(
        null,
        FormText.written(TicketContent.EMPTY),
        0,
        FormLease.UNNEEDED,
        Saving.NO,
        Set.of(),
        Map.of(),
        null);
  }

  /** A form with a ticket's fields, whose lock has been asked for. */
  public static TicketForm of(Ticket ticket) {
    DraftBase base = DraftBase.of(ticket);
    return new TicketForm(
        base,
        FormText.written(base.content()),
        0,
        FormLease.ASKED,
        Saving.NO,
        Set.of(),
        Map.of(),
        null);
  }

  /** The draft of what is typed into it. */
  public DraftKey draftKey() {
    return isNew() ? new DraftKey.OfNew() : new DraftKey.OfEdit(base);
  }

  @Override
  public Object savedText() {
    return texts();
  }

  @Override
  public boolean touched() {
    return !typedInto.isEmpty();
  }

  public boolean isNew() {
    return base == null;
  }

  /** The fields, in the order they stand in. */
  public List<TicketField<?>> fields() {
    return isNew() ? OF_NEW : OF_OLD;
  }

  public TypedText value(TicketField<?> field) {
    return values.getOrDefault(field, TypedText.EMPTY);
  }

  /** What stands in the fields, wherever the cursor is. */
  public Map<TicketField<?>, String> texts() {
    Map<TicketField<?>, String> texts = new LinkedHashMap<>();
    values.forEach((field, typed) -> texts.put(field, typed.text()));
    return texts;
  }

  /** The field that takes the keys; null on the button that saves. */
  public TicketField<?> focused() {
    return focus < fields().size() ? fields().get(focus) : null;
  }

  /** Whether this is about that ticket. */
  public boolean isAbout(Ticket ticket) {
    return base != null && base.id().equals(ticket.id());
  }

  /** With something else in a field. */
  public TicketForm with(TicketField<?> field, TypedText typed) {
    Map<TicketField<?>, TypedText> changed = new LinkedHashMap<>(values);
    changed.put(field, typed);
    if (value(field).text().equals(typed.text())) {
      return new TicketForm(base, changed, focus, lease, saving, typedInto, theirs, notice);
    }
    Set<TicketField<?>> more = new HashSet<>(typedInto);
    more.add(field);
    return new TicketForm(base, changed, focus, lease, saving, more, theirs, null);
  }

  /** With what the ticket says in a field, whatever stood there. */
  public TicketForm following(TicketField<?> field) {
    Map<TicketField<?>, TypedText> changed = new LinkedHashMap<>(values);
    changed.put(field, TypedText.of(FormText.written(base.content(), field)));
    Map<TicketField<?>, String> others = new HashMap<>(theirs);
    others.remove(field);
    return new TicketForm(base, changed, focus, lease, saving, typedInto, others, notice);
  }

  /** Whether it says what its ticket says, so that nothing is lost with it. */
  public boolean isUnchanged() {
    return texts().equals(FormText.texts(base == null ? TicketContent.EMPTY : base.content()));
  }

  public TicketForm focusedOn(int place) {
    int places = fields().size() + 1;
    return new TicketForm(
        base, values, Math.floorMod(place, places), lease, saving, typedInto, theirs, notice);
  }

  public TicketForm with(FormLease other) {
    return new TicketForm(base, values, focus, other, saving, typedInto, theirs, notice);
  }

  public TicketForm with(Saving other) {
    return new TicketForm(base, values, focus, lease, other, typedInto, theirs, notice);
  }

  public TicketForm noticed(String sentence) {
    return new TicketForm(base, values, focus, lease, saving, typedInto, theirs, sentence);
  }

  /** With what a draft from before says. */
  public TicketForm restored(Map<TicketField<?>, TypedText> typed, String sentence) {
    return new TicketForm(base, typed, focus, lease, saving, Set.of(), theirs, sentence);
  }

  /**
   * The same texts over another base.
   *
   * @param typed the fields with what others changed and one did not
   */
  public TicketForm rebased(
      DraftBase now, Map<TicketField<?>, TypedText> typed, Map<TicketField<?>, String> conflicts) {
    return new TicketForm(now, typed, focus, lease, saving, typedInto, conflicts, notice);
  }

  @Override
  public KeyContext place() {
    return KeyContext.FORM;
  }

  @Override
  public void accept(Visitor visitor) {
    visitor.onForm(this);
  }
}
