package org.lesbillets.server.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Log encoder with one JSON object a line: {@code level}, {@code threadName}, {@code loggerName},
 * {@code time} (RFC 3339, UTC, milliseconds), {@code message} as formatted, and {@code throwable},
 * null without one. Named in logback.xml; called under its appender's lock.
 */
public final class JsonLogEncoder extends JsonEncoder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Disables the library's other fields. */
  public JsonLogEncoder() {
    setWithSequenceNumber(false);
    setWithTimestamp(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMarkers(false);
    setWithMDC(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithArguments(false);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    appendValueSeparator(line, true);
    appenderMember(line, "time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    appendValueSeparator(line, true);
    appenderMember(line, "message", JsonEscapeUtil.jsonEscapeString(event.getFormattedMessage()));
  }
}
