package org.lesbillets.cli.client.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.SeededTest;

/** What a client sends, as a server reads it. */
class FramesTest {
  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  @Test
  void isTheFrameOfTheStandardsExample() {
    assertEquals("818537fa213d7f9f4d5158", HexFormat.of().formatHex(Frames.text("Hello", MASK)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 262_144})
  void textsOfAllLengths(int length) throws Exception {
    SeededTest.run(
        random -> {
          byte[] mask = new byte[Frames.MASK_BYTES];
          random.nextBytes(mask);
          String text = "é".repeat(length / 2) + "x".repeat(length % 2);
          ServerFrames.Unmasked read = ServerFrames.read(Frames.text(text, mask));
          assertEquals(0x81, read.first());
          assertEquals(text, new String(read.payload(), StandardCharsets.UTF_8));
        });
  }

  @Test
  void controlFrames() throws Exception {
    byte[] payload = {1, 2, 3, 4, 5};
    assertEquals(0x89, ServerFrames.read(Frames.ping(MASK)).first());
    assertEquals(0x8a, ServerFrames.read(Frames.pong(payload, MASK)).first());
    assertArrayEquals(payload, ServerFrames.read(Frames.pong(payload, MASK)).payload());
  }

  @Test
  void aCloseHasItsCodeAndAReasonThatFits() throws Exception {
    ServerFrames.Unmasked close = ServerFrames.read(Frames.close(1009, "no", MASK));
    assertEquals(0x88, close.first());
    assertArrayEquals(new byte[] {0x03, (byte) 0xf1, 'n', 'o'}, close.payload());
    assertEquals(
        125, ServerFrames.read(Frames.close(1000, "x".repeat(123), MASK)).payload().length);
    assertEquals(2, ServerFrames.read(Frames.close(1000, "x".repeat(124), MASK)).payload().length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
  void noCloseBearsTheseCodes(int code) {
    assertThrows(IllegalArgumentException.class, () -> Frames.close(code, "", MASK));
  }
}
