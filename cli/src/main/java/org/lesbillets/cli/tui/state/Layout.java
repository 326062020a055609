package org.lesbillets.cli.tui.state;

/**
 * The layout of a screen of a given size: header, filter line, list and its heading, preview beside
 * or below it, status line, footer. Immutable.
 *
 * @param columns of the whole screen
 * @param rows of the whole screen
 * @param preview where the preview is
 */
public record Layout(int columns, int rows, Preview preview) {

  /** The place of the preview. */
  public enum Preview {
    NONE,
    BESIDE,
    BELOW
  }

  private static final int LEAST_COLUMNS = 40;
  private static final int LEAST_ROWS = 8;
  private static final int BESIDE_FROM = 110;
  private static final int BELOW_FROM = 36;

  /** The least width of a list beside a preview: assignee and age fit. */
  private static final int BESIDE_LIST = 74;

  /** The width from which the list has room for long titles. */
  private static final int WIDE_FROM = 150;

  private static final int WIDE_LIST = 104;

  private static final int VIEWS_COLUMNS = 60;
  private static final int VIEWS_ROWS = 28;

  /** Rows around the body: header and filter line above, status line and footer below. */
  private static final int AROUND = 4;

  /**
   * @param wanted whether a preview is wanted, where there is room
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

  /** Whether only a sentence that says so fits. */
  public boolean isTooSmall() {
    return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
  }

  /** The sentence for a screen that is too small, shortest words first. */
  public static String tooSmall() {
    return "Too small: " + LEAST_COLUMNS + "x" + LEAST_ROWS + " at least.";
  }

  /** The size from which there is a preview, in words. */
  public static String room() {
    return "from " + BESIDE_FROM + " columns or " + BELOW_FROM + " rows on";
  }

  /** The first row of the body. */
  public int bodyTop() {
    return 2;
  }

  /** The rows of the body; 1 or more. */
  public int bodyRows() {
    return Math.max(1, rows - AROUND);
  }

  /** The width of the list. */
  public int listColumns() {
    int least = columns >= WIDE_FROM ? WIDE_LIST : BESIDE_LIST;
    return preview == Preview.BESIDE ? Math.max(least, columns * 3 / 5) : columns;
  }

  /** Whether the line of the saved views is shown. */
  public boolean views() {
    return columns >= VIEWS_COLUMNS && rows >= VIEWS_ROWS;
  }

  /** The rows of the body above list and preview. */
  public int viewsRows() {
    return views() ? 1 : 0;
  }

  /** The tickets in the window of the list; 1 or more. */
  public int listRows() {
    int below = preview == Preview.BELOW ? previewRows() : 0;
    return Math.max(1, bodyRows() - viewsRows() - 1 - below);
  }

  /** The width of the preview with its frame. */
  public int previewColumns() {
    return preview == Preview.BESIDE ? columns - listColumns() : columns;
  }

  /** The height of the preview with its frame. */
  public int previewRows() {
    return preview == Preview.BELOW ? Math.min(16, bodyRows() * 2 / 5) : bodyRows() - viewsRows();
  }

  /** The row of the footer. */
  public int keysRow() {
    return rows - 1;
  }
}
