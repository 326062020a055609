package org.lesbillets.cli.command;

import java.util.Map;
import org.lesbillets.cli.output.FieldNames;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.table.ColumnPrinter;
import picocli.CommandLine.Option;

/** Mixin: the columns of a list, and the placeholder of empty cells. */
public final class ColumnOptions {
  public static final String LABEL = "FIELD,…";

  @Option(
      names = "--fields",
      paramLabel = LABEL,
      description =
          "These columns, in this order: names as -o json has them, lock.holder or holder. In"
              + " table and tsv.")
  String fields;

  @Option(
      names = "--empty",
      paramLabel = "WORD",
      description = "Print this in empty columns, for shells that skip them. In table and tsv.")
  String empty;

  /**
   * The chosen columns of tickets, parsed; null for the default ones.
   *
   * @throws UsageException if the options make no sense
   */
  public Map<String, String> ofTickets(CommandContext context) {
    check(context);
    return fields == null ? null : chosen(FieldNames.OF_TICKETS);
  }

  /**
   * The chosen columns of events, parsed; null for the default ones.
   *
   * @throws UsageException if the options make no sense
   */
  public Map<String, String> ofEvents(CommandContext context) {
    check(context);
    return fields == null ? null : chosen(FieldNames.OF_EVENTS);
  }

  private void check(CommandContext context) {
    if (fields != null) {
      forColumns("--fields", context);
    }
    if (empty != null) {
      forColumns("--empty", context);
      checkEmpty();
    }
  }

  private Map<String, String> chosen(FieldNames known) {
    try {
      return known.chosen(fields);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--fields: " + e.getMessage());
    }
  }

  private static void forColumns(String option, CommandContext context) {
    OutputFormat format = context.format();
    if (format != null && format != OutputFormat.TABLE && format != OutputFormat.TSV) {
      throw new UsageException(
          option
              + " is about the columns of table and tsv: leave it out with -o "
              + format.wireName()
              + (format.isJson() ? ", which has every field" : ", which has numbers only"));
    }
  }

  private void checkEmpty() {
    if (empty.isBlank() || empty.codePoints().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          "--empty: '"
              + empty
              + "' cannot stand for nothing: give a word without tab or newline, such as -");
    }
  }

  /** The printer of the default columns. */
  public ResultPrinter usual(CommandContext context) {
    return context.printFilled(word());
  }

  /** The printer of the chosen columns. */
  public ColumnPrinter of(Map<String, String> chosen, CommandContext context) {
    return context.printColumns(chosen, word());
  }

  private String word() {
    return empty == null ? "" : empty;
  }
}
