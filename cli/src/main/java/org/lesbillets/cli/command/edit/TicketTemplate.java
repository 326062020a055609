package org.lesbillets.cli.command.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lesbillets.cli.text.TimeText;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * A ticket's content as editable text: a line for each field, comments that begin with {@code #}, a
 * line {@code ---}, and the description. Parsing what was formatted gives the same content. Pure.
 */
public final class TicketTemplate {
  private static final String DIVIDER = "---";
  private static final String COMMENT = "#";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The fields with a line: all but the description. */
  private static final List<TicketField<?>> FIELDS =
      TicketField.EDITED.stream().filter(f -> f != TicketField.DESCRIPTION).toList();

  private static final Map<String, TicketField<?>> NAMES =
      FIELDS.stream().collect(Collectors.toMap(TicketField::wireName, Function.identity()));
  private static final String ALL_NAMES =
      FIELDS.stream().map(TicketField::wireName).collect(Collectors.joining(", "));

  private TicketTemplate() {}

  /** The template without a comment. */
  public static String bare(TicketContent content) {
    return render(content, List.of(), Map.of());
  }

  /**
   * @param preface comments for the top, without the {@code #}
   * @param remarks comments that stand above a field; a description's stand above the divider
   */
  public static String render(
      TicketContent content, List<String> preface, Map<TicketField<?>, List<String>> remarks) {
    StringBuilder text = new StringBuilder();
    preface.forEach(line -> comment(text, line));
    for (TicketField<?> field : FIELDS) {
      remarks.getOrDefault(field, List.of()).forEach(line -> comment(text, line));
      text.append((field.wireName() + ": " + written(content, field)).stripTrailing()).append('\n');
    }
    remarks.getOrDefault(TicketField.DESCRIPTION, List.of()).forEach(line -> comment(text, line));
    text.append(DIVIDER).append('\n');
    String description = content.description();
    return text + (description == null || description.isEmpty() ? "" : description + "\n");
  }

  private static void comment(StringBuilder text, String line) {
    text.append((COMMENT + " " + line).stripTrailing()).append('\n');
  }

  /** A field as it stands behind its name; "" for one that says nothing. */
  static String written(TicketContent content, TicketField<?> field) {
    String text = content.text(field);
    return field.type().isFreeLine() ? FieldText.written(text) : text == null ? "" : text;
  }

  /** Whether nothing is left but comments and blank lines. */
  public static boolean isEmpty(String text) {
    return lines(text).stream().allMatch(TicketTemplate::saysNothing);
  }

  /**
   * Reads a template, however its lines end.
   *
   * @throws TemplateException if it cannot be understood
   */
  public static TicketContent parse(String text, Typist typist) throws TemplateException {
    Map<TicketField<?>, String> values = values(text);
    for (TicketField<?> field : FIELDS) {
      if (!values.containsKey(field)) {
        throw new TemplateException(
            "the line '"
                + field.wireName()
                + ":' is missing: put it back; a field is cleared by leaving nothing behind its"
                + " name");
      }
    }
    return stored(text, typist);
  }

  /**
   * Parses a template that a program wrote: one of an earlier version lacks the fields since.
   *
   * @throws TemplateException if it is none
   */
  static TicketContent stored(String text, Typist typist) throws TemplateException {
    TicketContent.Builder content = TicketContent.EMPTY.change();
    Map<TicketField<?>, String> values = values(text);
    for (TicketField<?> field : FIELDS) {
      if (values.containsKey(field)) {
        set(content, field, values.get(field), typist);
      }
    }
    return content.set(TicketField.DESCRIPTION, description(text)).build();
  }

  private static <T> void set(
      TicketContent.Builder content, TicketField<T> field, String line, Typist typist)
      throws TemplateException {
    boolean quoted = field.type().isFreeLine() || field == TicketField.ASSIGNEE;
    String typed = quoted ? FieldText.read(line) : line.strip();
    content.set(field, read(field, typed == null ? "" : typed, typist));
  }

  /**
   * Parses the typed value of a field.
   *
   * @throws TemplateException if it is none
   */
  public static <T> T read(TicketField<T> field, String typed, Typist typist)
      throws TemplateException {
    try {
      return field.type().parse(meant(field, typed, typist));
    } catch (IllegalArgumentException e) {
      throw new TemplateException(field.wireName() + ": " + e.getMessage());
    }
  }

  /** What stands on the wire for it. */
  private static String meant(TicketField<?> field, String typed, Typist typist) {
    if (field == TicketField.ASSIGNEE && typed.equals("me")) {
      return typist.me().value();
    }
    return field.type().isTime() && !typed.isEmpty()
        ? WireTime.format(TimeText.parseOrAfter(typed, typist.clock()))
        : typed;
  }

  /**
   * Formats a template from typed fields, valid or not.
   *
   * @param fields tags as they stand in a line; what is not there is empty
   */
  public static String typed(Map<TicketField<?>, String> fields) {
    StringBuilder text = new StringBuilder();
    for (TicketField<?> field : FIELDS) {
      String typed = fields.getOrDefault(field, "");
      String line = field.type().isFreeLine() ? FieldText.written(typed) : typed;
      text.append((field.wireName() + ": " + line).stripTrailing()).append('\n');
    }
    String description = fields.getOrDefault(TicketField.DESCRIPTION, "");
    text.append(DIVIDER).append('\n');
    return text + (description.isEmpty() ? "" : description + "\n");
  }

  /**
   * The fields of a template as they would be typed, the inverse of {@link #typed}.
   *
   * @throws TemplateException if it is no template
   */
  public static Map<TicketField<?>, String> fields(String text) throws TemplateException {
    Map<TicketField<?>, String> fields = new LinkedHashMap<>();
    values(text)
        .forEach(
            (field, value) -> {
              String read = field.type().isFreeLine() ? FieldText.read(value) : value.strip();
              fields.put(field, read == null ? "" : read);
            });
    fields.put(TicketField.DESCRIPTION, description(text));
    return fields;
  }

  private static List<String> lines(String text) {
    String marked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return List.of(marked.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1));
  }

  private static boolean saysNothing(String line) {
    return line.isBlank() || line.startsWith(COMMENT);
  }

  private static int divider(List<String> lines) throws TemplateException {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).stripTrailing().equals(DIVIDER)) {
        return i;
      }
    }
    throw new TemplateException("the line --- is missing: put it back, above the description");
  }

  private static Map<TicketField<?>, String> values(String text) throws TemplateException {
    Map<TicketField<?>, String> values = new LinkedHashMap<>();
    List<String> lines = lines(text);
    for (String line : lines.subList(0, divider(lines))) {
      if (saysNothing(line)) {
        continue;
      }
      int colon = line.indexOf(':');
      TicketField<?> field = colon < 0 ? null : NAMES.get(line.substring(0, colon).strip());
      if (field == null) {
        throw new TemplateException(
            "'" + line.strip() + "' is none of the fields (" + ALL_NAMES + ") followed by a colon");
      }
      if (values.put(field, line.substring(colon + 1)) != null) {
        throw new TemplateException("there are two lines '" + field.wireName() + ":': remove one");
      }
    }
    return values;
  }

  private static String description(String text) throws TemplateException {
    List<String> all = lines(text);
    List<String> lines = all.subList(divider(all) + 1, all.size());
    // Editors end every line, and so the last one too: that newline is not the description's.
    int last = lines.size() - 1;
    boolean ended = last >= 0 && lines.get(last).isEmpty();
    return String.join("\n", ended ? lines.subList(0, last) : lines);
  }
}
