package org.lesbillets.cli.startup;

/**
 * A configuration of java.util.logging with nothing in it: what libraries log is no language for
 * people, who get failures as sentences. Named by a property, so that a run in which nobody logs
 * never loads the logging classes.
 */
public final class DisabledLogging {
  private static final String PROPERTY = "java.util.logging.config.class";

  /** For java.util.logging, which makes one and expects it to set up everything. */
  public DisabledLogging() {}

  /** Takes effect when somebody logs for the first time. */
  public static void install() {
    System.setProperty(PROPERTY, DisabledLogging.class.getName());
  }
}
