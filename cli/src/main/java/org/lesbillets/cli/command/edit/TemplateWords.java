package org.lesbillets.cli.command.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** The templates of an edit with their explaining comments. Pure. */
public final class TemplateWords {
  private TemplateWords() {}

  /**
   * The first template of an edit.
   *
   * @param earlier a draft that was left behind, or null
   */
  public static String fresh(DraftBase base, Path earlier) {
    List<String> preface = preface(base);
    if (earlier != null) {
      preface.add("");
      preface.add("An earlier draft of this ticket is kept: " + earlier);
      preface.add("To go on with that one: billets edit " + base.number() + " --recover");
    }
    return TicketTemplate.render(base.content(), preface, remarks(Map.of()));
  }

  /**
   * The template of a draft whose ticket has changed.
   *
   * @param old what it was made from
   * @param now what the ticket is
   */
  public static String recovered(DraftBase old, DraftBase now, TicketContent yours) {
    ThreeWay.Merged merged = new ThreeWay(old.content(), now.content(), yours).merged();
    List<String> preface = preface(now);
    preface.add("");
    preface.add(
        "The ticket was changed since this draft was begun, at revision " + old.revision() + ".");
    if (merged.remarks().isEmpty()) {
      preface.add("Nothing of that is in your way.");
    } else {
      preface.add("What others changed is in it, and said below; where you changed the same,");
      preface.add("yours stands.");
    }
    return TicketTemplate.render(merged.content(), preface, remarks(merged.remarks()));
  }

  private static List<String> preface(DraftBase base) {
    List<String> preface = new ArrayList<>();
    preface.add(
        "Ticket #" + base.number() + " at revision " + base.revision() + ". Change it, save, and");
    preface.add("leave the editor. A file left as it was, or emptied, changes nothing.");
    preface.add("Comments like this one are not read; below the line --- there are none,");
    preface.add("all of that is the description.");
    return preface;
  }

  private static Map<TicketField<?>, List<String>> remarks(Map<TicketField<?>, List<String>> more) {
    Map<TicketField<?>, List<String>> remarks = new LinkedHashMap<>();
    for (TicketField<?> field : TicketField.EDITED) {
      if (field.hint() != null) {
        remarks.computeIfAbsent(field, f -> list()).add(field.hint());
      }
    }
    more.forEach((field, lines) -> remarks.computeIfAbsent(field, f -> list()).addAll(lines));
    return remarks;
  }

  private static List<String> list() {
    return new ArrayList<>();
  }
}
