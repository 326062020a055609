package org.lesbillets.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/**
 * The message and its stack trace, each line behind the priority by which the systemd journal keeps
 * it, as in {@code <4>}: see sd-daemon(3). Named in logback.xml; called under its appender's lock.
 */
public final class JournalPriority extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    String text = event.getFormattedMessage();
    if (event.getThrowableProxy() != null) {
      text += "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
    }
    String logger = event.getLoggerName();
    String lead = "<" + priority(event.getLevel()) + ">";
    return lead
        + logger.substring(logger.lastIndexOf('.') + 1)
        + ": "
        + text.replace("\n", "\n" + lead);
  }

  private static int priority(Level level) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return 3;
    }
    if (level.isGreaterOrEqual(Level.WARN)) {
      return 4;
    }
    return level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
  }
}
