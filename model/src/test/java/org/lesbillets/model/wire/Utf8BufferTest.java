package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8BufferTest {
  /** ASCII, the ends of each length in UTF-8, a pair, and halves of one. */
  private static final String[] PIECES = {
    "a", "{\"", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud83d\ude00", "\ud83d", "\ude00"
  };

  @Test
  void encodesAsTheJdkDoesWhateverItHeldBefore() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      Utf8Buffer buffer = Utf8Buffer.take();
      StringBuilder expected = new StringBuilder();
      for (int write = random.nextInt(20); write > 0; write--) {
        String text = text(random);
        int start = random.nextBoolean() ? 0 : text.offsetByCodePoints(0, 1);
        buffer.write(text, start, text.length() - start);
        buffer.write(':');
        expected.append(text, start, text.length()).append(':');
      }
      byte[] utf8 = expected.toString().getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(utf8, buffer.utf8());
      assertEquals(utf8.length, buffer.length());
      assertEquals(new String(utf8, StandardCharsets.UTF_8), buffer.text());
      buffer.giveBack();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int kinds = 1 + random.nextInt(PIECES.length);
    for (int i = random.nextInt(200); i >= 0; i--) {
      text.append(PIECES[random.nextInt(kinds)]);
    }
    return text.toString();
  }

  @Test
  void messagesOfOneThreadMayBeWrittenInTurn() {
    WireWriter outer = new WireWriter().beginObject().text("a", "1");
    WireWriter inner = new WireWriter().beginObject().text("b", "2");
    outer.text("c", "3");
    assertEquals("{\"b\":\"2\"}", inner.endObject().json());
    WireWriter next = new WireWriter().beginObject().text("d", "4");
    assertEquals("{\"a\":\"1\",\"c\":\"3\"}", outer.endObject().json());
    assertEquals("{\"d\":\"4\"}", next.endObject().json());
  }

  @Test
  void aWriterIsOfNoUseWhenItsTextWasTaken() {
    WireWriter done = new WireWriter().beginObject().endObject();
    done.json();
    assertThrows(NullPointerException.class, () -> done.text("a", "1"));
  }
}
