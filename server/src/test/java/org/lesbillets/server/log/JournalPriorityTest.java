package org.lesbillets.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of the log that the systemd journal reads. */
class JournalPriorityTest {
  private final LoggerContext context = new LoggerContext();

  private String line(Level level, Throwable trouble, String message) {
    return new JournalPriority()
        .convert(new LoggingEvent("", context.getLogger("a.b.Cat"), level, message, trouble, null));
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 3", "WARN, 4", "INFO, 6", "DEBUG, 7", "TRACE, 7"})
  void aLineBeginsWithItsPriority(String level, int priority) {
    assertEquals("<" + priority + ">Cat: purrs", line(Level.valueOf(level), null, "purrs"));
  }

  @Test
  void soDoesEachLineOfAStackTrace() {
    String all = line(Level.ERROR, new IllegalStateException("hungry"), "hisses\nloudly");
    assertTrue(all.startsWith("<3>Cat: hisses\n<3>loudly\n<3>java.lang.Illegal"), all);
    assertTrue(all.lines().allMatch(line -> line.startsWith("<3>")), all);
    assertTrue(all.lines().count() > 5, all);
  }

  @Test
  void theJournalReadsItIfTheVariableNamesTheFileItself(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("stream"));
    String own = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
    assertTrue(ServerLog.isJournal(Map.of("JOURNAL_STREAM", own), file));
    assertFalse(ServerLog.isJournal(Map.of("JOURNAL_STREAM", "8:1"), file), "an inherited one");
    assertFalse(ServerLog.isJournal(Map.of(), file));
    assertFalse(ServerLog.isJournal(Map.of("JOURNAL_STREAM", own), folder.resolve("none")));
  }
}
