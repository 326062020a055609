package org.lesbillets.cli.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.DurationText;

/** The settings typed for this run; null where there were none. Immutable. */
public record SettingsFlags(String server, String caFile, String context, Duration timeout) {

  /** These flags as they can be typed again. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    add(words, "--server", server);
    add(words, "--ca-file", caFile);
    add(words, "--context", context);
    add(words, "--timeout", timeout == null ? null : DurationText.format(timeout));
    return words;
  }

  private static void add(List<String> words, String flag, String value) {
    if (value != null) {
      words.add(flag);
      words.add(value);
    }
  }
}
