package org.lesbillets.cli.tui.screen;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.cli.text.CellText;

/**
 * A screen as an SVG picture: each run of equal style is a {@code text} whose length is that of its
 * cells, whatever font shows it; blocks of bars are rectangles. The same screen gives the same
 * bytes. Immutable.
 */
public final class ScreenSvg {
  private static final double CELL = 8.4;
  private static final int LINE = 18;
  private static final int PADDING = 16;
  private static final int BASELINE = 13;
  private static final int FIRST_FOREIGN = 0x250;
  private static final int EIGHTHS = 8;
  private static final int LOWEST_BLOCK = 0x2581;
  private static final int FULL_BLOCK = 0x2588;
  private static final int NARROWEST_BLOCK = 0x258f;

  /** A background, and the colours on it. */
  public enum Theme {
    DARK("#16181d", "#d8dbe0", "#3a3f47", Palette.DARK),
    LIGHT("#ffffff", "#24292f", "#d0d7de", Palette.LIGHT);

    private final String background;
    private final String text;
    private final String frame;
    private final Palette palette;
    private final Map<AnsiColour, String> shades = new EnumMap<>(AnsiColour.class);

    Theme(String background, String text, String frame, Palette palette) {
      this.background = background;
      this.text = text;
      this.frame = frame;
      this.palette = palette;
      boolean dark = palette == Palette.DARK;
      shades.put(AnsiColour.DEFAULT, text);
      shades.put(AnsiColour.RED, dark ? "#ff7b72" : "#b3202a");
      shades.put(AnsiColour.GREEN, dark ? "#7ccf7e" : "#1a7037");
      shades.put(AnsiColour.MAGENTA, dark ? "#d2a8ff" : "#8039b8");
      shades.put(AnsiColour.CYAN, dark ? "#6bcbd8" : "#0b6f7d");
      shades.put(AnsiColour.BLUE, dark ? "#79b8ff" : "#0550ae");
      shades.put(AnsiColour.BRIGHT_BLUE, dark ? "#8ab4ff" : "#2f62d8");
    }

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String colour(Style style) {
      return shades.get(palette.of(style.tone()));
    }
  }

  private final GridCanvas canvas;
  private final Theme theme;
  private final StringBuilder svg = new StringBuilder();

  private ScreenSvg(GridCanvas canvas, Theme theme) {
    this.canvas = canvas;
    this.theme = theme;
  }

  /**
   * The picture.
   *
   * @param title what it shows, for those who cannot see it
   */
  public static String of(GridCanvas canvas, Theme theme, String title) {
    return new ScreenSvg(canvas, theme).drawn(title);
  }

  private String drawn(String title) {
    String width = number(canvas.columns() * CELL + 2 * PADDING);
    int height = canvas.rows() * LINE + 2 * PADDING;
    line(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %s %d' width='%s' height='%d'"
            + " role='img'"
            + " xml:space='preserve'>",
        width, height, width, height);
    line("<title>%s</title>", escaped(title));
    line(
        "<style>text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',"
            + "monospace;white-space:pre;fill:%s}.b{font-weight:bold}.d{opacity:.68}"
            + ".u{text-decoration:underline}</style>",
        theme.text);
    line(
        "<rect x='.5' y='.5' width='%s' height='%d' rx='8' fill='%s' stroke='%s'/>",
        number(canvas.columns() * CELL + 2 * PADDING - 1),
        height - 1,
        theme.background,
        theme.frame);
    for (int row = 0; row < canvas.rows(); row++) {
      row(row);
    }
    cursor();
    line("</svg>");
    return svg.toString();
  }

  private void row(int row) {
    spans(row, this::isReversed, (begin, end) -> background(begin, end, row));
    spans(row, this::isBlock, (begin, end) -> blocks(begin, end, row));
    spans(row, this::isText, (begin, end) -> text(begin, end, row));
  }

  /** A span of cells that are drawn as one. */
  private interface Span {
    void draw(int begin, int end);
  }

  private interface CellTest {
    boolean matches(int column, int row);
  }

  /** Draws the longest spans of matching cells that continue each other. */
  private void spans(int row, CellTest test, Span span) {
    int begin = 0;
    while (begin < canvas.columns()) {
      int end = begin + 1;
      if (test.matches(begin, row)) {
        while (end < canvas.columns() && test.matches(end, row) && continues(begin, end, row)) {
          end++;
        }
        span.draw(begin, end);
      }
      begin = end;
    }
  }

  /** Whether a cell has the style and the kind of the one at the beginning of a span. */
  private boolean continues(int begin, int column, int row) {
    if (canvas.cell(column, row).isEmpty()) {
      return true;
    }
    return kind(begin, row) != Kind.ALONE
        && kind(begin, row) == kind(column, row)
        && (kind(column, row) != Kind.BLOCK
            || canvas.cell(begin, row).equals(canvas.cell(column, row)))
        && canvas.style(column, row).equals(canvas.style(begin, row));
  }

  private boolean isReversed(int column, int row) {
    return canvas.style(column, row).reversed();
  }

  private boolean isBlock(int column, int row) {
    return kind(column, row) == Kind.BLOCK;
  }

  /** A single blank between words is text; more are not, since some programs make them one. */
  private boolean isText(int column, int row) {
    return !isBlock(column, row) && !(isBlank(column, row) && isBlank(column + 1, row));
  }

  private boolean isBlank(int column, int row) {
    return column >= canvas.columns() || canvas.cell(column, row).equals(" ");
  }

  /** Kinds of glyphs: fonts differ in the widths of all but the plain ones. */
  private enum Kind {
    PLAIN,
    LINE,
    BLOCK,
    ALONE
  }

  private Kind kind(int column, int row) {
    String cell = canvas.cell(column, row);
    int c = cell.isEmpty() ? ' ' : cell.codePointAt(0);
    if (c < FIRST_FOREIGN) {
      return Kind.PLAIN;
    }
    boolean block = c >= LOWEST_BLOCK && c <= NARROWEST_BLOCK;
    return c == '─' ? Kind.LINE : block ? Kind.BLOCK : Kind.ALONE;
  }

  private void background(int begin, int end, int row) {
    // Attributes do not change the background, so spans that differ in them only meet at one edge.
    rectangle(begin, row, new double[] {0, 0, end - begin, 1}, colour(begin, row));
  }

  private String colour(int column, int row) {
    return theme.colour(canvas.style(column, row));
  }

  private void blocks(int begin, int end, int row) {
    int c = canvas.cell(begin, row).codePointAt(0);
    double[] part;
    if (c <= FULL_BLOCK) {
      double height = (c - LOWEST_BLOCK + 1.0) / EIGHTHS;
      part = new double[] {0, 1 - height, end - begin, height};
    } else {
      part = new double[] {0, 0, (NARROWEST_BLOCK - c + 1.0) / EIGHTHS, 1};
    }
    rectangle(begin, row, part, colour(begin, row));
  }

  private void text(int begin, int end, int row) {
    StringBuilder text = new StringBuilder();
    for (int column = begin; column < end; column++) {
      text.append(canvas.cell(column, row));
    }
    if (!text.toString().isBlank()) {
      boolean reversed = canvas.style(begin, row).reversed();
      text(text.toString(), begin, row, reversed ? theme.background : colour(begin, row));
    }
  }

  private void text(String whole, int column, int row, String colour) {
    String text = whole.stripLeading();
    int at = column + CellText.width(whole) - CellText.width(text);
    text = text.stripTrailing();
    Style style = canvas.style(column, row);
    String classes =
        ((style.bold() ? " b" : "") + (style.dim() ? " d" : "") + (style.underlined() ? " u" : ""))
            .strip();
    line(
        "<text x='%s' y='%d' textLength='%s' lengthAdjust='spacingAndGlyphs'%s%s>%s</text>",
        x(at),
        y(row) + BASELINE,
        number(CellText.width(text) * CELL),
        classes.isEmpty() ? "" : " class='" + classes + "'",
        colour.equals(theme.text) ? "" : " style='fill:" + colour + "'",
        escaped(text));
  }

  /**
   * @param part of the cell: left, top, width and height, in cells
   */
  private void rectangle(int column, int row, double[] part, String colour) {
    line(
        "<rect x='%s' y='%s' width='%s' height='%s' fill='%s'" + " shape-rendering='crispEdges'/>",
        number(PADDING + (column + part[0]) * CELL),
        number(y(row) + part[1] * LINE),
        number(part[2] * CELL),
        number(part[3] * LINE),
        colour);
  }

  private void cursor() {
    if (!canvas.cursor().isEmpty()) {
      String[] at = canvas.cursor().split(",");
      line(
          "<rect x='%s' y='%d' width='%s' height='%d' fill='%s' opacity='.55'/>",
          x(Integer.parseInt(at[0])), y(Integer.parseInt(at[1])), number(CELL), LINE, theme.text);
    }
  }

  private static String x(int column) {
    return number(PADDING + column * CELL);
  }

  private static int y(int row) {
    return PADDING + row * LINE;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String format, Object... values) {
    svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    svg.append('\n');
  }
}
