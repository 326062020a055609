package org.lesbillets.cli.output;

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

  /** As a person says it. */
  public String sentence() {
    String made = created + (dryRun ? " would be imported" : " imported");
    String other = renumbered == 0 ? "" : " (" + renumbered + " under another number)";
    String there = present + (present == 1 ? " is" : " are") + " there already";
    return made + other + ", " + there + ", " + failed + (dryRun ? " would fail." : " failed.");
  }
}
