package org.lesbillets.cli.tui.state;

/**
 * The size of the terminal, the screen behind the input, and the pager. Immutable.
 *
 * @param preview whether a preview is wanted, where there is room
 * @param pager the text in place of the whole screen; null for none
 * @param queuedPager output of a verb that arrived while an input was open, shown when that closes;
 *     null for none
 */
public record Viewport(
    int columns, int rows, boolean preview, Screen screen, Pager pager, Pager queuedPager) {

  /** Before the terminal has given its size. */
  static final Viewport INITIAL = new Viewport(80, 24, true, Screen.LIST, null, null);

  public Viewport resized(int newColumns, int newRows) {
    return new Viewport(
        Math.max(1, newColumns), Math.max(1, newRows), preview, screen, pager, queuedPager);
  }

  public Viewport withPreview(boolean wanted) {
    return new Viewport(columns, rows, wanted, screen, pager, queuedPager);
  }

  public Viewport with(Screen other) {
    return new Viewport(columns, rows, preview, other, pager, queuedPager);
  }

  public Viewport with(Pager other) {
    return new Viewport(columns, rows, preview, screen, other, queuedPager);
  }

  public Viewport queued(Pager output) {
    return new Viewport(columns, rows, preview, screen, pager, output);
  }

  /** Shows the queued output, if there is any. */
  public Viewport dequeued() {
    return queuedPager == null
        ? this
        : new Viewport(columns, rows, preview, screen, queuedPager, null);
  }

  public Layout layout() {
    return Layout.of(columns, rows, preview);
  }
}
