package org.lesbillets.cli.output.table;

/**
 * Layout of a column when the screen is narrow. Immutable.
 *
 * @param rank priority: the column with the highest rank is left out first; 0 always stays
 * @param least how narrow its texts may be cut before another column has to go; 0 for a column that
 *     is never cut
 */
public record Column(String heading, int rank, int least, boolean toTheRight) {
  static Column whole(String heading, int rank) {
    return new Column(heading, rank, 0, false);
  }

  public static Column number(String heading, int rank) {
    return new Column(heading, rank, 0, true);
  }

  public static Column cut(String heading, int rank, int least) {
    return new Column(heading, rank, least, false);
  }
}
