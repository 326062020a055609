package org.lesbillets.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteJDBCLoader;

class JsonLogEncoderTest {
  private static final String START =
      "{\"level\":\"WARN\",\"threadName\":\"desk\",\"loggerName\":\"a.B\",\"throwable\":null,"
          + "\"time\":\"2026-11-30T09:14:03.120Z\",";

  private final LoggerContext context = new LoggerContext();
  private final JsonLogEncoder encoder = new JsonLogEncoder();

  @BeforeEach
  void start() {
    encoder.setContext(context);
    encoder.start();
  }

  @AfterEach
  void stop() {
    encoder.stop();
  }

  private String encoded(Throwable problem, String message, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("a.B"), Level.WARN, message, problem, arguments);
    event.setThreadName("desk");
    event.setInstant(Instant.parse("2026-11-30T09:14:03.12Z"));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineHasTheFormattedMessageAndTheTime() {
    assertEquals(
        START + "\"message\":\"17 of 18 kept in \\/d\"}\n",
        encoded(null, "{} of {} kept in {}", 17, 18, "/d"));
  }

  @Test
  void whatIsLoggedCannotLeaveItsString() {
    String hostile = "\"}\n\t\\{\u0001é🎫";
    String line = encoded(null, "{}", hostile);
    assertEquals(START + "\"message\":\"\\\"}\\n\\t\\\\{\\u0001é🎫\"}\n", line);
  }

  /** It logs, with a stack trace, that another program was faster to remove an old library. */
  @Test
  void theLoaderOfTheLibraryOfSqliteIsSilent() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(JsonLogEncoder.class.getResource("/logback.xml"));
    assertEquals(Level.OFF, context.getLogger(SQLiteJDBCLoader.class).getEffectiveLevel());
    assertEquals(Level.INFO, context.getLogger("org.lesbillets").getEffectiveLevel());
    context.stop();
  }
}
