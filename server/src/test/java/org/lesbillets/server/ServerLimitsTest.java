package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for administrators says what the bounds are. */
class ServerLimitsTest {
  private static final Path PAGE = Path.of("../docs/operations/limits.md");

  /** A row of the table whose first cell has the name of a bound in brackets. */
  private static final Pattern ROW =
      Pattern.compile("^\\|[^|]*\\(`([A-Za-z.]+)`[^|)]*\\) \\| ([^|]+) \\|");

  @Test
  void theTableHasEveryBoundWithItsDefault() throws IOException, ReflectiveOperationException {
    Map<String, String> defaults = new LinkedHashMap<>();
    collect(ServerLimits.DEFAULT, "", defaults);
    Set<String> found = new HashSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        String value = defaults.get(row.group(1));
        assertTrue(
            value != null && row.group(2).matches(Pattern.quote(value) + "\\b.*"),
            () -> "the default is " + value + ": " + line);
        found.add(row.group(1));
      }
    }
    assertEquals(defaults.keySet(), found);
  }

  /** Integers are counts, longs are bytes. */
  private static void collect(Record limits, String prefix, Map<String, String> into)
      throws ReflectiveOperationException {
    for (RecordComponent component : limits.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(limits);
      String name = prefix + component.getName();
      if (value instanceof Record nested) {
        collect(nested, name + ".", into);
      } else if (value instanceof Duration duration) {
        into.put(name, duration.toSeconds() + " s");
      } else if (value instanceof Long bytes) {
        into.put(name, bytes / (1024 * 1024) + " MiB");
      } else {
        into.put(name, String.format(Locale.ROOT, "%,d", value));
      }
    }
  }
}
