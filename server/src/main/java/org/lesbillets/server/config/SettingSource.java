package org.lesbillets.server.config;

/**
 * Where the value of a setting comes from. Immutable.
 *
 * @param place the variable, or the file and the line; null for the default
 */
public record SettingSource(Kind kind, String place) {
  static final SettingSource DEFAULT = new SettingSource(Kind.DEFAULT, null);

  /** The sources beside the command line, the strongest first. */
  public enum Kind {
    ENVIRONMENT,
    FILE,
    DEFAULT
  }
}
