package org.lesbillets.cli.tui.state;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketDraft;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** A ticket's content as it stands in the fields of a form, and back. Pure. */
public final class FormText {
  /** What a new ticket begins with. */
  static final TicketContent NOTHING = TicketDraft.titled("").opened();

  private FormText() {}

  /** What stands in the fields for this content. */
  public static Map<TicketField, TypedText> written(TicketContent content) {
    Map<TicketField, TypedText> values = new EnumMap<>(TicketField.class);
    for (TicketField field : TicketField.CONTENT) {
      values.put(field, TypedText.of(written(content, field)));
    }
    return values;
  }

  /** What stands in the fields for this content, wherever the cursor is. */
  static Map<TicketField, String> texts(TicketContent content) {
    Map<TicketField, String> texts = new EnumMap<>(TicketField.class);
    for (TicketField field : TicketField.CONTENT) {
      texts.put(field, written(content, field));
    }
    return texts;
  }

  /** What stands in one field for this content. */
  public static String written(TicketContent content, TicketField field) {
    return switch (field) {
      case TITLE -> content.title();
      case DESCRIPTION -> orEmpty(content.description());
      case STATUS -> content.status().wireName();
      case PRIORITY -> content.priority().wireName();
      case ASSIGNEE -> content.assignee() == null ? "" : content.assignee().value();
      case REQUESTER -> orEmpty(content.requester());
      case REFERENCE -> orEmpty(content.reference());
      case TAGS -> FieldText.written(content.tags());
      case ATTEMPTS -> "";
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /**
   * What the fields of a form say. A field that stands as it was says what it said, blanks and all.
   *
   * @param me who {@code me} is as an assignee; null before that is known
   * @throws TemplateException if they cannot be understood
   */
  public static TicketContent read(TicketForm form, AgentName me) throws TemplateException {
    TicketContent base = form.isNew() ? NOTHING : form.base().content();
    return new TicketContent(
        isAsItWas(form, TicketField.TITLE) ? base.title() : text(form, TicketField.TITLE),
        form.value(TicketField.DESCRIPTION).text(),
        form.isNew() ? base.status() : status(text(form, TicketField.STATUS)),
        priority(text(form, TicketField.PRIORITY)),
        isAsItWas(form, TicketField.ASSIGNEE)
            ? base.assignee()
            : agent(text(form, TicketField.ASSIGNEE), me),
        isAsItWas(form, TicketField.REQUESTER)
            ? base.requester()
            : orNull(text(form, TicketField.REQUESTER)),
        isAsItWas(form, TicketField.REFERENCE)
            ? base.reference()
            : orNull(text(form, TicketField.REFERENCE)),
        isAsItWas(form, TicketField.TAGS)
            ? base.tags()
            : FieldText.readAll(text(form, TicketField.TAGS)));
  }

  private static boolean isAsItWas(TicketForm form, TicketField field) {
    TicketContent base = form.isNew() ? NOTHING : form.base().content();
    return form.value(field).text().equals(written(base, field));
  }

  private static String text(TicketForm form, TicketField field) {
    return form.value(field).text().strip();
  }

  private static TicketStatus status(String word) throws TemplateException {
    return TicketStatus.valueOf(choice(TicketField.STATUS, word));
  }

  private static Priority priority(String word) throws TemplateException {
    return Priority.valueOf(choice(TicketField.PRIORITY, word));
  }

  /** A form offers what is right, but a draft may come from elsewhere. */
  private static String choice(TicketField field, String word) throws TemplateException {
    if (!choices(field).contains(word)) {
      throw new TemplateException(
          field.wireName() + ": '" + word + "' is not one of " + String.join(", ", choices(field)));
    }
    return word.toUpperCase(Locale.ROOT);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * Reads an assignee: a name, {@code me}, {@code none} or nothing.
   *
   * @param me null before that is known
   * @throws TemplateException if it can be nobody's name
   */
  public static AgentName agent(String typed, AgentName me) throws TemplateException {
    if (typed.isEmpty() || typed.equals("none")) {
      return null;
    }
    if (typed.equals("me")) {
      if (me == null) {
        throw new TemplateException("assignee: the server has not said yet who you are");
      }
      return me;
    }
    try {
      return new AgentName(typed);
    } catch (IllegalArgumentException e) {
      throw new TemplateException("assignee: " + e.getMessage());
    }
  }

  /** What can stand in a field that offers a choice; nothing for one that is typed into. */
  public static List<String> choices(TicketField field) {
    return switch (field) {
      case STATUS -> List.of("open", "closed");
      case PRIORITY -> List.of("low", "normal", "high", "urgent");
      case TITLE, DESCRIPTION, ASSIGNEE, REQUESTER, REFERENCE, TAGS, ATTEMPTS -> List.of();
    };
  }
}
