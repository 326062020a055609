package org.lesbillets.cli.startup;

/**
 * An empty configuration of java.util.logging: log records of libraries are no language for people,
 * who get failures as sentences. Named by a property, so that a run without log records never loads
 * the logging classes.
 */
public final class DisabledLogging {
  private static final String PROPERTY = "java.util.logging.config.class";

  /** Called by java.util.logging by reflection. */
  public DisabledLogging() {}

  /** Takes effect at the first log record of the process. */
  public static void install() {
    System.setProperty(PROPERTY, DisabledLogging.class.getName());
  }
}
