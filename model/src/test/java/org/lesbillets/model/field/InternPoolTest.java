package org.lesbillets.model.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InternPoolTest {
  private final InternPool<String> words = new InternPool<>();

  @Test
  void sharesWhatIsEqual() {
    String first = words.shared("word");
    assertSame(first, words.shared(new String("word")));
    assertSame(first, words.find(new String("word")));
    assertNull(words.find("another"));
  }

  /** However many words there were, the pool has room for later ones. */
  @Test
  void forgetsEarlierWordsForLaterOnes() {
    for (int i = 0; i < 100_000; i++) {
      String word = "word " + i;
      assertEquals(word, words.shared(word));
      assertSame(word, words.find("word " + i));
    }
    long kept = IntStream.range(0, 100_000).filter(i -> words.find("word " + i) != null).count();
    assertTrue(kept <= 4_096, kept + " are kept");
    assertNotNull(words.find("word 99999"));
  }

  @Test
  void textsCanBeForgotten() {
    InternPool.line("a requester");
    InternPool.TAGS.shared("a tag");
    InternPool.TAG_LISTS.shared(List.of("a tag"));
    InternPool.forgetTexts();
    assertNull(InternPool.LINES.find("a requester"));
    assertNull(InternPool.TAGS.find("a tag"));
    assertNull(InternPool.TAG_LISTS.find(List.of("a tag")));
  }

  @Test
  void longTextsAreNotShared() {
    String text = "a".repeat(33);
    assertSame(text, InternPool.line(text));
    assertNull(InternPool.LINES.find(text));
    assertNull(InternPool.line(null));
    assertSame(InternPool.line("desk"), InternPool.line(new String("desk")));
  }
}
