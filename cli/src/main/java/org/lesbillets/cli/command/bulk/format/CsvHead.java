package org.lesbillets.cli.command.bulk.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesbillets.model.query.Spelling;

/**
 * The parsed first row of a CSV file: which column is which field, and what its values mean.
 * Immutable; made for one file.
 */
final class CsvHead {
  /** Headings of other programs for the fields. */
  private static final Map<String, String> CALLED =
      Map.ofEntries(
          Map.entry("summary", "title"),
          Map.entry("subject", "title"),
          Map.entry("name", "title"),
          Map.entry("body", "description"),
          Map.entry("state", "status"),
          Map.entry("label", "tags"),
          Map.entry("author", "createdBy"),
          Map.entry("reporter", "createdBy"),
          Map.entry("creator", "createdBy"),
          Map.entry("created", "createdAt"),
          Map.entry("updated", "updatedAt"),
          Map.entry("owner", "assignee"),
          Map.entry("url", "reference"),
          Map.entry("link", "reference"),
          Map.entry("issueid", "number"));

  private static final String OTHER_SEPARATORS = ";\t|";

  private final List<String> titles;
  private final CsvLayout layout;

  /** The columns in order; null for one that is no field. */
  private final List<CsvColumn> columns = new ArrayList<>();

  /** The meaning of values by field, in lower case. */
  private final Map<CsvColumn, Map<String, String>> words = new HashMap<>();

  /**
   * @throws IllegalArgumentException if the columns are not those of tickets; the message says what
   *     to do
   */
  CsvHead(List<String> titles, CsvLayout layout) {
    this.titles = titles;
    this.layout = layout;
    for (String title : titles) {
      columns.add(named(title));
    }
    checkSeparator();
    checkMaps();
    checkTwice();
    checkTitle();
    checkUnknown();
    layout.words().forEach(this::mean);
  }

  /** The number of columns. */
  int size() {
    return columns.size();
  }

  /** The column at an index; null for one that is no field. */
  CsvColumn column(int place) {
    return columns.get(place);
  }

  /** The heading of a field in the file; its name on the wire where it has none. */
  String title(CsvColumn column) {
    int place = columns.indexOf(column);
    return place < 0 ? column.title() : titles.get(place);
  }

  /** What a value means. */
  String meant(CsvColumn column, String value) {
    Map<String, String> known = words.getOrDefault(column, Map.of());
    return known.getOrDefault(value.strip().toLowerCase(Locale.ROOT), value);
  }

  /** The columns that are left out. */
  List<String> leftOut() {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      if (columns.get(i) == null && !titles.get(i).isEmpty() && !left.contains(titles.get(i))) {
        left.add(titles.get(i));
      }
    }
    return left;
  }

  private CsvColumn named(String title) {
    return layout.columns().stream()
        .filter(map -> map.column().equalsIgnoreCase(title))
        .findFirst()
        .map(CsvLayout.ColumnField::field)
        .or(() -> Optional.of(title))
        .flatMap(CsvColumn::of)
        .orElse(null);
  }

  private void checkMaps() {
    for (CsvLayout.ColumnField map : layout.columns()) {
      if (titles.stream().noneMatch(map.column()::equalsIgnoreCase)) {
        throw new IllegalArgumentException(noColumn("--map", map.column()));
      }
      for (CsvLayout.ColumnField other : layout.columns()) {
        if (other != map && other.column().equalsIgnoreCase(map.column())) {
          throw new IllegalArgumentException(
              "--map names the column '" + map.column() + "' twice: map it to one field");
        }
      }
    }
  }

  private String noColumn(String option, String column) {
    String near = Spelling.nearest(column, titles);
    return option
        + " names the column '"
        + column
        + "', which is not there: "
        + (near == null ? "there are " + quoted(titles) : "did you mean '" + near + "'?");
  }

  private static String quoted(List<String> titles) {
    return titles.stream().collect(Collectors.joining("', '", "'", "'"));
  }

  private void checkTwice() {
    for (int i = 0; i < columns.size(); i++) {
      CsvColumn column = columns.get(i);
      int first = columns.indexOf(column);
      if (column == null || first == i) {
        continue;
      }
      boolean same = titles.get(first).equalsIgnoreCase(titles.get(i));
      throw new IllegalArgumentException(
          same
              ? "the column " + titles.get(first) + " is there twice: name each column once"
              : "the columns '%s' and '%s' are both %s: map one of them to another field"
                  .formatted(titles.get(first), titles.get(i), column.title()));
    }
  }

  /** Checked first: with the wrong delimiter every heading is wrong. */
  private void checkSeparator() {
    if (columns.contains(CsvColumn.TITLE)) {
      return;
    }
    String raw = String.join(String.valueOf(layout.separator()), titles);
    for (char other : OTHER_SEPARATORS.toCharArray()) {
      if (raw.chars().filter(c -> c == other).count() >= titles.size()) {
        String shown = other == '\t' ? "tab" : "'" + other + "'";
        throw new IllegalArgumentException(
            "its columns are separated by " + shown + ": give --delimiter " + shown);
      }
    }
  }

  private void checkTitle() {
    if (columns.contains(CsvColumn.TITLE)) {
      return;
    }
    String example =
        leftOut().stream()
            .map(this::suggestion)
            .filter(map -> map != null && map.endsWith("=title'"))
            .findFirst()
            .map(map -> ", as in " + map)
            .orElse("");
    throw new IllegalArgumentException(
        "there is no column title: the first row names the columns, some of "
            + String.join(",", CsvColumn.titles())
            + "; say which is the title by --map COLUMN=title"
            + example);
  }

  private void checkUnknown() {
    List<String> unknown = leftOut();
    if (unknown.isEmpty() || layout.ignoreColumns()) {
      return;
    }
    List<String> maps = unknown.stream().map(this::suggestion).filter(map -> map != null).toList();
    String sentence =
        unknown.size() == 1
            ? "the column %s is none of a ticket's: say what it is by --map COLUMN=FIELD%s, or"
                + " leave it out by --ignore-columns"
            : "the columns %s are none of a ticket's: say what they are by --map COLUMN=FIELD%s, or"
                + " leave them out by --ignore-columns";
    String examples = maps.isEmpty() ? "" : ", as in " + String.join(" ", maps);
    throw new IllegalArgumentException(sentence.formatted(quoted(unknown), examples));
  }

  /** The field that a column may be, as it is to be typed; null where none is near. */
  private String suggestion(String title) {
    String plain = title.replaceAll("\\(.*\\)|[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    String called = CALLED.getOrDefault(plain, CALLED.get(plain.replaceFirst("s$", "")));
    String near = called == null ? nearest(plain) : called;
    boolean free = near != null && !columns.contains(CsvColumn.of(near).orElseThrow());
    return free ? "--map '" + title + "=" + near + "'" : null;
  }

  private static String nearest(String plain) {
    Map<String, String> fields = new HashMap<>();
    for (String title : CsvColumn.titles()) {
      fields.put(title.toLowerCase(Locale.ROOT), title);
    }
    String near = Spelling.nearest(plain, List.copyOf(fields.keySet()));
    return near == null ? null : fields.get(near);
  }

  private void mean(CsvLayout.ColumnWord word) {
    int place = placeOf(word);
    CsvColumn column = columns.get(place);
    if (column == null) {
      throw new IllegalArgumentException(
          "--value names the column '"
              + titles.get(place)
              + "', which is no field: give --map '"
              + titles.get(place)
              + "=FIELD', too");
    }
    checkMeaning(column, word.to());
    String from = word.from().substring(titles.get(place).length() + 1).strip();
    String before =
        words
            .computeIfAbsent(column, c -> new HashMap<>())
            .put(from.toLowerCase(Locale.ROOT), word.to());
    if (before != null && !before.equals(word.to())) {
      throw new IllegalArgumentException(
          "--value gives '%s' two meanings, '%s' and '%s': give one"
              .formatted(titles.get(place) + ":" + from, before, word.to()));
    }
  }

  /** The place of the column with the longest name that the word begins with. */
  private int placeOf(CsvLayout.ColumnWord word) {
    int found = -1;
    for (int i = 0; i < titles.size(); i++) {
      String begin = titles.get(i) + ":";
      boolean longer = found < 0 || titles.get(i).length() > titles.get(found).length();
      if (longer && word.from().regionMatches(true, 0, begin, 0, begin.length())) {
        found = i;
      }
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          noColumn("--value", word.from().substring(0, word.from().indexOf(':'))));
    }
    return found;
  }

  private static void checkMeaning(CsvColumn column, String to) {
    List<String> known = column.choices();
    if (!known.isEmpty() && !known.contains(to.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "--value: '"
              + to
              + "' is no "
              + column.title()
              + ": it is one of "
              + String.join(", ", known));
    }
  }
}
