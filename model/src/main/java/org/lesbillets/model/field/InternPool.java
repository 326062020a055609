package org.lesbillets.model.field;

import java.util.Arrays;
import java.util.List;
import org.lesbillets.model.AgentName;

/**
 * An intern pool for what many tickets have in common: a server has few agents, few tags and few
 * people who ask, and each ticket names some. A two-way set-associative cache: what was looked for
 * last stays, what it displaces is no longer shared. 4,096 words at most.
 *
 * <p>Any thread, without locks: a race loses an entry, never mixes two.
 */
public final class InternPool<T> {
  static final InternPool<AgentName> AGENTS = new InternPool<>();
  public static final InternPool<String> TAGS = new InternPool<>();

  /** Lists of tags, by themselves. */
  public static final InternPool<List<String>> TAG_LISTS = new InternPool<>();

  /** Short texts of one line: who asked, and where. */
  public static final InternPool<String> LINES = new InternPool<>();

  private static final int SETS = 2_048;
  private static final int LONGEST_LINE = 32;

  private final Entry[] entries = new Entry[2 * SETS];

  /** Immutable, and so safe to publish by a race. */
  private record Entry(Object key, Object word) {
    boolean isOf(Object other) {
      return key.equals(other);
    }
  }

  private static int place(Object key) {
    int hash = key.hashCode() * 0x9e3779b9;
    return hash >>> 20 & 2 * (SETS - 1);
  }

  /** The instance for the key; null if there is none. */
  @SuppressWarnings("unchecked")
  public T find(Object key) {
    int place = place(key);
    Entry entry = entries[place];
    if (entry == null || !entry.isOf(key)) {
      entry = entries[place + 1];
    }
    return entry != null && entry.isOf(key) ? (T) entry.word : null;
  }

  /** Adds an instance for a key that was not found; gives it back. */
  public T keep(Object key, T word) {
    int place = place(key);
    entries[place + 1] = entries[place];
    entries[place] = new Entry(key, word);
    return word;
  }

  /** The instance that is equal to a word. */
  public T shared(T word) {
    T known = find(word);
    return known == null ? keep(word, word) : known;
  }

  /**
   * Drops all texts, since one of them may have been redacted. Later texts are shared from then on;
   * names of agents are no texts.
   */
  public static void forgetTexts() {
    List.of(TAGS, TAG_LISTS, LINES).forEach(InternPool::clear);
  }

  private void clear() {
    Arrays.fill(entries, null);
  }

  /** A text of one line, which many tickets may have; null stays null. */
  public static String line(String text) {
    return text == null || text.length() > LONGEST_LINE ? text : LINES.shared(text);
  }
}
