package org.lesbillets.cli.tui.terminal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameOutputTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicInteger lost = new AtomicInteger();
  private final FrameOutput output = new FrameOutput(terminal, lost::incrementAndGet);

  private void frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    output.write(bytes, 0, bytes.length);
    output.flush();
  }

  @Test
  void framesPassWhileTheGateIsOpen() {
    frame("early ");
    output.open("open ");
    frame("frame ");
    output.shut("shut ");
    output.shut("again ");
    frame("late ");
    output.open("open ");
    frame("frame");
    assertEquals("open frame shut open frame", terminal.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void aTerminalThatIsGoneIsToldOnce() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    FrameOutput output = new FrameOutput(gone, lost::incrementAndGet);
    output.open("open");
    assertEquals(1, lost.get());
    output.write('x');
    output.flush();
    output.shut("shut");
    assertEquals(1, lost.get());
  }

  @Test
  void aTerminalThatTakesNothingDoesNotKeepTheGateOpen() throws Exception {
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            if (b == 'f') {
              stuck.countDown();
              awaitTaking();
            }
            terminal.write(b);
          }

          private void awaitTaking() {
            await().until(() -> taking.getCount() == 0);
          }
        };
    FrameOutput output = new FrameOutput(slow, lost::incrementAndGet);
    output.open("open ");
    Thread drawing =
        new Thread(
            () -> {
              output.write('f');
              output.flush();
              output.write('g');
              output.flush();
            });
    drawing.start();
    stuck.await();
    long start = System.nanoTime();
    output.shut("shut");
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
    taking.countDown();
    drawing.join();
    assertEquals("open f", terminal.toString(StandardCharsets.US_ASCII));
  }
}
