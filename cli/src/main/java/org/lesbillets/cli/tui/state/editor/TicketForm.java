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
import org.lesbillets.model.TicketId;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * The fields of a ticket in a form. Changes by others are merged into fields not edited here; a
 * field edited on both sides keeps the text typed here and shows the other beside it (three-way
 * merge by field). Immutable.
 *
 * @param base the version of the ticket the form is merged with, the common ancestor of the next
 *     merge; null for a new ticket
 * @param values the text of each field
 * @param focus index of the focused field; one more than the last is the save button
 * @param saving the progress of a save
 * @param typedInto the fields edited since it was opened
 * @param theirs the values of others, for fields in conflict
 * @param notice a message about it, or null
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

  /** The progress of a save. */
  public enum Saving {
    NO,
    /** Requested; continues once the lock is granted. */
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
    return of(null, TicketContent.EMPTY, FormLease.UNNEEDED);
  }

  /** A form for a ticket whose lock was requested. */
  public static TicketForm of(Ticket ticket) {
    DraftBase base = DraftBase.of(ticket);
    return of(base, base.content(), FormLease.ASKED);
  }

  private static TicketForm of(DraftBase base, TicketContent content, FormLease lease) {
    Map<TicketField<?>, TypedText> values = FormText.written(content);
    return new TicketForm(base, values, 0, lease, Saving.NO, Set.of(), Map.of(), null);
  }

  @Override
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

  /** The fields, in their order on the screen. */
  public List<TicketField<?>> fields() {
    return isNew() ? OF_NEW : OF_OLD;
  }

  public TypedText value(TicketField<?> field) {
    return values.getOrDefault(field, TypedText.EMPTY);
  }

  /** The text of each field, without the cursors. */
  public Map<TicketField<?>, String> texts() {
    return FormText.texts(values);
  }

  /** The focused field; null for the save button. */
  public TicketField<?> focused() {
    return focus < fields().size() ? fields().get(focus) : null;
  }

  /** Whether it is the form of a ticket. */
  public boolean isAbout(TicketId ticket) {
    return base != null && base.id().equals(ticket);
  }

  /** With another text in a field. */
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

  /** With the value of the ticket in a field, without a conflict. */
  public TicketForm following(TicketField<?> field) {
    Map<TicketField<?>, TypedText> changed = new LinkedHashMap<>(values);
    changed.put(field, TypedText.of(FormText.written(base.content(), field)));
    Map<TicketField<?>, String> others = new HashMap<>(theirs);
    others.remove(field);
    return new TicketForm(base, changed, focus, lease, saving, typedInto, others, notice);
  }

  /** Whether no field differs from the ticket, so that closing loses nothing. */
  public boolean isUnchanged() {
    TicketContent content = base == null ? TicketContent.EMPTY : base.content();
    return texts().equals(FormText.texts(FormText.written(content)));
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

  /** With the fields of a draft. */
  public TicketForm restored(Map<TicketField<?>, TypedText> typed, String sentence) {
    return new TicketForm(base, typed, focus, lease, saving, Set.of(), theirs, sentence);
  }

  /**
   * Merged with another version of the ticket.
   *
   * @param typed the fields after the merge
   */
  public TicketForm rebased(
      DraftBase now, Map<TicketField<?>, TypedText> typed, Map<TicketField<?>, String> conflicts) {
    return new TicketForm(now, typed, focus, lease, saving, typedInto, conflicts, notice);
  }

  @Override
  public KeyContext keyContext() {
    return KeyContext.FORM;
  }
}
