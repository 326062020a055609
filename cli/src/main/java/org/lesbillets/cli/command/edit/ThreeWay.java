package org.lesbillets.cli.command.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * Three-way merge of a draft whose ticket has changed since, field by field. Pure.
 *
 * @param base what both sides started from
 */
public record ThreeWay(TicketContent base, TicketContent theirs, TicketContent yours) {

  /**
   * Both sides in one.
   *
   * @param content where only one side changed a field, its value; where both did, yours; a
   *     description changed by both in one place has both versions between markers
   * @param remarks for each field that others changed, what there is to know
   */
  public record Merged(TicketContent content, Map<TicketField<?>, List<String>> remarks) {}

  public Merged merged() {
    Diff3Merge.Result description =
        Diff3Merge.of(base.description(), yours.description(), theirs.description());
    TicketContent content = theirs;
    for (TicketField<?> field : TicketField.EDITED) {
      if (!yours.agrees(base, field)) {
        content = content.copying(field, yours);
      }
    }
    content =
        content
            .with(TicketField.DESCRIPTION, description.text())
            .with(TicketField.TAGS, theirs.patched(ContentPatch.between(base, yours)).tags());
    return new Merged(content, remarks(description.conflict()));
  }

  private Map<TicketField<?>, List<String>> remarks(boolean conflict) {
    Map<TicketField<?>, List<String>> remarks = new LinkedHashMap<>();
    for (TicketField<?> field : TicketField.EDITED) {
      List<String> lines = field == TicketField.DESCRIPTION ? description(conflict) : field(field);
      if (!lines.isEmpty()) {
        remarks.put(field, lines);
      }
    }
    return remarks;
  }

  private List<String> field(TicketField<?> field) {
    String before = shown(base, field);
    String others = shown(theirs, field);
    String own = shown(yours, field);
    List<String> lines = new ArrayList<>();
    if (others.equals(before) || others.equals(own)) {
      return lines;
    }
    boolean both = !own.equals(before);
    lines.add(both ? "changed on both sides" : "changed by others");
    lines.add("  before: " + before);
    lines.add("  theirs: " + others);
    if (both) {
      lines.add("  yours:  " + own);
    }
    return lines;
  }

  private static String shown(TicketContent content, TicketField<?> field) {
    String text = TicketTemplate.written(content, field);
    return text.isEmpty() ? "(none)" : text;
  }

  private List<String> description(boolean conflict) {
    if (conflict) {
      return List.of(
          "the description was changed on both sides: choose where it has <<<<<<< and >>>>>>>,",
          "and remove the lines that mark the versions");
    }
    return theirs.description().equals(base.description())
        ? List.of()
        : List.of("the description was changed by others too; their changes are in it");
  }
}
