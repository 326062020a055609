package org.lesbillets.model.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.AgentName;

/**
 * Words that stand in many tickets, each kept once: a desk has few agents and few tags, and tells
 * them with every ticket. Any thread; holds some 4,096 words, and what comes after them is not
 * shared.
 */
final class SharedWords<T> {
  static final SharedWords<AgentName> AGENTS = new SharedWords<>();
  static final SharedWords<String> TAGS = new SharedWords<>();

  private static final int LIMIT = 4_096;

  private final Map<String, T> words = new ConcurrentHashMap<>();

  /** What the text was read as before; null if it is not kept. */
  T find(String text) {
    return words.get(text);
  }

  /** What to use for the text from now on. */
  T keep(String text, T word) {
    T earlier = words.size() < LIMIT ? words.putIfAbsent(text, word) : words.get(text);
    return earlier == null ? word : earlier;
  }
}
