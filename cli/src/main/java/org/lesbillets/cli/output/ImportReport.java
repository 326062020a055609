package org.lesbillets.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of an import, in tickets. Immutable.
 *
 * @param created how many are new; of a dry run, how many would be
 * @param present how many were there already, and say the same
 * @param failed how many could not be imported
 * @param renumbered how many of those that are new got another number, because theirs was taken
 */
public record ImportReport(
    boolean dryRun, long created, long present, long failed, long renumbered) {

  /** By their names in JSON. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dryRun", dryRun);
    values.put("created", created);
    values.put("present", present);
    values.put("failed", failed);
    values.put("renumbered", renumbered);
    return values;
  }

  /** As a person says it. */
  public String sentence() {
    String made = created + (dryRun ? " would be imported" : " imported");
    String other = renumbered == 0 ? "" : " (" + renumbered + " under another number)";
    String there = present + (present == 1 ? " is" : " are") + " there already";
    return made + other + ", " + there + ", " + failed + (dryRun ? " would fail." : " failed.");
  }
}
