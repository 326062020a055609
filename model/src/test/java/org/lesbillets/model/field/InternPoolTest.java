package org.lesbillets.model.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class InternPoolTest {

  @Test
  void keepsSoManyAndNoMore() {
    InternPool<String> words = new InternPool<>();
    for (int i = 0; i < 5_000; i++) {
      String word = "word " + i;
      assertSame(word, words.keep(word, word));
    }
    assertEquals("word 0", words.find("word 0"));
    assertEquals("word 4095", words.find("word 4095"));
    assertNull(words.find("word 4096"));
    assertNull(words.find("word 4999"));
    String again = new String("word 1");
    assertSame(words.find("word 1"), words.keep(again, again));
  }
}
