package org.lesbillets.cli.tui.state;

/**
 * Where things stand on a screen of a given size: the header, the line of the view, the list with
 * its heading, the preview beside or below it, the line that speaks, the keys.
 *
 * @param columns of the whole screen
 * @param rows of the whole screen
 * @param preview where the preview stands
 */
public record Layout(int columns, int rows, Preview preview) {

  /** Where the preview stands. */
  public enum Preview {
    NONE,
    BESIDE,
    BELOW
  }

  private static final int LEAST_COLUMNS = 40;
  private static final int LEAST_ROWS = 8;
  private static final int BESIDE_FROM = 110;
  private static final int BELOW_FROM = 36;

  /** How wide a list beside a preview is at least: assignee and age have room. */
  private static final int BESIDE_LIST = 74;

  /** From here on the list has room for a title that takes half of it. */
  private static final int WIDE_FROM = 150;

  private static final int WIDE_LIST = 104;

  private static final int VIEWS_COLUMNS = 60;
  private static final int VIEWS_ROWS = 28;

  /** Header and the line of the view above, the line that speaks and the keys below. */
  private static final int AROUND = 4;

  /**
   * @param wanted whether there is to be a preview, if there is room
   */
  public static Layout of(int columns, int rows, boolean wanted) {
    Preview preview = Preview.NONE;
    if (wanted && columns >= BESIDE_FROM) {
      preview = Preview.BESIDE;
    } else if (wanted && rows >= BELOW_FROM) {
      preview = Preview.BELOW;
    }
    return new Layout(columns, rows, preview);
  }

  /** Whether nothing but a sentence that says so fits. */
  public boolean isTooSmall() {
    return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
  }

  /** The sentence for a screen that is too small, in words that are cut last. */
  public static String tooSmall() {
    return "Too small: " + LEAST_COLUMNS + "x" + LEAST_ROWS + " at least.";
  }

  /** From which size on there is a preview, in words. */
  public static String room() {
    return "from " + BESIDE_FROM + " columns or " + BELOW_FROM + " rows on";
  }

  /** The first row of what stands between the lines above and below. */
  public int bodyTop() {
    return 2;
  }

  /** How many rows stand between the lines above and below; 1 or more. */
  public int bodyRows() {
    return Math.max(1, rows - AROUND);
  }

  /** How wide the list is. */
  public int listColumns() {
    int least = columns >= WIDE_FROM ? WIDE_LIST : BESIDE_LIST;
    return preview == Preview.BESIDE ? Math.max(least, columns * 3 / 5) : columns;
  }

  /** Whether a line above the list has the views one can go to. */
  public boolean views() {
    return columns >= VIEWS_COLUMNS && rows >= VIEWS_ROWS;
  }

  /** How many rows between the lines above and below stand above list and preview. */
  public int viewsRows() {
    return views() ? 1 : 0;
  }

  /** How many tickets the list shows; 1 or more. */
  public int listRows() {
    int below = preview == Preview.BELOW ? previewRows() : 0;
    return Math.max(1, bodyRows() - viewsRows() - 1 - below);
  }

  /** How wide the preview is, its frame included. */
  public int previewColumns() {
    return preview == Preview.BESIDE ? columns - listColumns() : columns;
  }

  /** How high the preview is, its frame included. */
  public int previewRows() {
    return preview == Preview.BELOW ? Math.min(16, bodyRows() * 2 / 5) : bodyRows() - viewsRows();
  }

  /** The row of the line that speaks, and that is typed into. */
  public int speakingRow() {
    return rows - 2;
  }

  /** The row of the keys. */
  public int keysRow() {
    return rows - 1;
  }
}
