package org.lesbillets.cli.tui.state.editor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.command.edit.TicketTemplate;
import org.lesbillets.cli.command.edit.Typist;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** Conversion between the content of a ticket and the text in the fields of a form. Pure. */
public final class FormText {
  private FormText() {}

  /** The text of each field, with the cursor at its end. */
  public static Map<TicketField<?>, TypedText> written(TicketContent content) {
    Map<TicketField<?>, TypedText> values = new LinkedHashMap<>();
    for (TicketField<?> field : TicketField.EDITED) {
      values.put(field, TypedText.of(written(content, field)));
    }
    return values;
  }

  /** The text of each field, without the cursors. */
  public static Map<TicketField<?>, String> texts(Map<TicketField<?>, TypedText> fields) {
    Map<TicketField<?>, String> texts = new LinkedHashMap<>();
    fields.forEach((field, typed) -> texts.put(field, typed.text()));
    return texts;
  }

  /** The text of one field. */
  public static String written(TicketContent content, TicketField<?> field) {
    String text = content.text(field);
    return text == null ? "" : text;
  }

  /**
   * Parses the fields of a form. A field whose text is unchanged keeps its value, whitespace
   * included.
   *
   * @throws TemplateException if a field does not parse
   */
  public static TicketContent read(TicketForm form, Typist typist) throws TemplateException {
    TicketContent.Builder content = base(form).change();
    for (TicketField<?> field : form.fields()) {
      if (!form.value(field).text().equals(written(base(form), field))) {
        set(content, field, form.value(field).text(), typist);
      }
    }
    return content.build();
  }

  private static TicketContent base(TicketForm form) {
    return form.isNew() ? TicketContent.EMPTY : form.base().content();
  }

  private static <T> void set(
      TicketContent.Builder content, TicketField<T> field, String typed, Typist typist)
      throws TemplateException {
    if (field == TicketField.ASSIGNEE) {
      content.set(TicketField.ASSIGNEE, agent(typed.strip(), typist));
    } else {
      String text = field == TicketField.DESCRIPTION ? typed : typed.strip();
      content.set(field, TicketTemplate.read(field, text, typist));
    }
  }

  /**
   * Parses an assignee: a name, {@code me}, {@code none} or nothing.
   *
   * @throws TemplateException if it is no valid name
   */
  public static AgentName agent(String typed, Typist typist) throws TemplateException {
    if (typed.isEmpty() || typed.equals("none")) {
      return null;
    }
    if (typist.me() == null && typed.equals("me")) {
      throw new TemplateException("assignee: the server has not said yet who you are");
    }
    return TicketTemplate.read(TicketField.ASSIGNEE, typed, typist);
  }
}
