package org.lesbillets.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The configuration of the log, which goes to standard error. Set by the main thread before the
 * first logger is made; the level may be changed later, by any thread. Stateless.
 */
public final class ServerLog {
  private static final String FORM = "billets.log";
  private static final String LEVEL = "billets.log.level";
  private static final String OURS = "org.lesbillets";
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private ServerLog() {}

  /** The forms of the log; the constants bear the names of the option's values. */
  public enum Format {
    text,
    json
  }

  /**
   * What is logged: this and what is worse. The constants bear the names of the option's values.
   */
  public enum Level {
    error,
    warn,
    info,
    debug;

    private ch.qos.logback.classic.Level level() {
      return ch.qos.logback.classic.Level.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Configures the log, and passes on to it what libraries log through java.util.logging. */
  public static void configure(Format format, Level level) {
    boolean journal = format == Format.text && isJournal(System.getenv(), STANDARD_ERROR);
    System.setProperty(FORM, journal ? "journal" : format.name());
    System.setProperty(LEVEL, level.name());
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /**
   * Whether the systemd journal reads this file, which keeps the time and the priority itself. The
   * variable alone says little: all descendants of a service inherit it.
   */
  static boolean isJournal(Map<String, String> environment, Path file) {
    String stream = environment.get("JOURNAL_STREAM");
    if (stream == null) {
      return false;
    }
    try {
      return stream.equals(
          Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether it is JSON; false before it is configured. */
  public static boolean isJson() {
    return Format.json.name().equals(System.getProperty(FORM));
  }

  /** Changes the level. */
  public static void level(Level level) {
    ((Logger) LoggerFactory.getLogger(OURS)).setLevel(level.level());
  }

  /** Writes what is queued, and ends the log: for the end of the process. At most 500 ms. */
  public static void close() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }
}
