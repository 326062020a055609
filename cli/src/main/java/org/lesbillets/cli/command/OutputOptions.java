package org.lesbillets.cli.command;

import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.console.Console;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Mixin of the root command: output format and colour; accepted before and after the verb. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      order = 103,
      scope = ScopeType.INHERIT,
      converter = Converters.OfFormat.class,
      description = "table, json, jsonl, tsv or id. Else table on a terminal and tsv in a script.")
  OutputFormat format;

  @Option(
      names = "--json",
      order = 103,
      scope = ScopeType.INHERIT,
      description = "The same as -o json.")
  boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      order = 104,
      scope = ScopeType.INHERIT,
      converter = Converters.OfColour.class,
      description = "auto (unless NO_COLOR is set), always or never.")
  ColourChoice colour;

  /**
   * The format that was typed; null for none.
   *
   * @throws UsageException if two were
   */
  OutputFormat format() {
    if (json && format != null && format != OutputFormat.JSON) {
      throw new UsageException(
          "--json and -o " + format.wireName() + " contradict each other: leave one of them out");
    }
    return json ? OutputFormat.JSON : format;
  }

  /**
   * @param inScripts the format when none was typed and standard output is no terminal
   */
  OutputFormat formatOr(OutputFormat inScripts, Console console) {
    OutputFormat typed = format();
    if (typed != null) {
      return typed;
    }
    return console.terminal().out() ? OutputFormat.TABLE : inScripts;
  }
}
