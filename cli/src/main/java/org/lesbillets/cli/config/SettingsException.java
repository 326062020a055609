package org.lesbillets.cli.config;

import java.nio.file.Path;

/**
 * Settings that make no sense. The message is a sentence that names the place (a flag, a variable,
 * or a line of the file) and says what to do.
 */
public final class SettingsException extends RuntimeException {
  private final boolean inFile;

  private SettingsException(String message, boolean inFile, Throwable cause) {
    super(message, cause);
    this.inFile = inFile;
  }

  /** Of something that was typed now. */
  public SettingsException(String message) {
    this(message, false, null);
  }

  /** Of a place in the file; both numbers are counted from 1. */
  static SettingsException at(Place place, String sentence) {
    String where = place.file + ", line " + place.line + ", column " + place.column;
    return new SettingsException(where + ": " + sentence, true, null);
  }

  /** Of the file as a whole. */
  static SettingsException of(Path file, String sentence, Throwable cause) {
    return new SettingsException(file + " " + sentence, true, cause);
  }

  /** Whether the mistake stands in the file, where no help on a verb explains it. */
  public boolean inFile() {
    return inFile;
  }

  /** A place in the file. */
  record Place(Path file, int line, int column) {}
}
