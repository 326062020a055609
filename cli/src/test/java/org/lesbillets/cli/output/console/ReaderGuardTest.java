package org.lesbillets.cli.output.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A reader that goes is noticed though nothing is written. */
@EnabledOnOs(OS.LINUX)
class ReaderGuardTest {
  @TempDir Path folder;
  private Path pipe;

  @BeforeEach
  void makePipe() throws Exception {
    pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
  }

  /** Open for both, so that it does not wait for the other side. */
  private FileChannel both() throws Exception {
    return FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Test
  void aReaderThatGoesIsNoticed() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    FileChannel reader = both();
    try (FileChannel writer = FileChannel.open(pipe, StandardOpenOption.WRITE);
        ReaderGuard guard = ReaderGuard.start(probe(writer), gone::countDown)) {
      assertFalse(guard.isGone());
      reader.close();
      gone.await();
      assertTrue(guard.isGone());
    }
  }

  private static PipeProbe probe(FileChannel writer) throws Exception {
    return new PipeProbe(PipeProbe.source(), writer);
  }

  @Test
  void nothingIsWrittenAndNothingTaken() throws Exception {
    try (FileChannel reader = both();
        FileChannel writer = FileChannel.open(pipe, StandardOpenOption.WRITE);
        PipeProbe probe = probe(writer);
        InputStream in = Files.newInputStream(pipe)) {
      for (int i = 0; i < 100; i++) {
        assertFalse(probe.isWithoutReader());
      }
      writer.write(ByteBuffer.wrap(new byte[] {'x'}));
      assertFalse(probe.isWithoutReader());
      assertEquals('x', in.read());
      assertTrue(reader.isOpen());
    }
  }

  @Test
  void whatIsClosedLooksNoMore() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    FileChannel reader = both();
    try (FileChannel writer = FileChannel.open(pipe, StandardOpenOption.WRITE)) {
      ReaderGuard guard = ReaderGuard.start(probe(writer), gone::countDown);
      guard.close();
      reader.close();
      assertFalse(guard.isGone());
      assertEquals(1, gone.getCount());
    }
  }

  @Test
  void whereThatCannotBeToldNothingIsNoticed() {
    try (ReaderGuard guard = ReaderGuard.start(null, () -> {})) {
      assertFalse(guard.isGone());
    }
  }
}
