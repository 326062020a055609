package org.lesbillets.model.field;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.AgentName;

/**
 * An intern pool for the words of many tickets: a server has few agents and few tags, and each
 * ticket names some. Any thread; bounded to some 4,096 words, later ones are not shared.
 */
public final class InternPool<T> {
  static final InternPool<AgentName> AGENTS = new InternPool<>();
  public static final InternPool<String> TAGS = new InternPool<>();

  private static final int LIMIT = 4_096;

  private final Map<String, T> words = new ConcurrentHashMap<>();

  /** The instance for the text; null if there is none yet. */
  public T find(String text) {
    return words.get(text);
  }

  /** Adds an instance for the text, unless there is one; gives the one to use. */
  public T keep(String text, T word) {
    T earlier = words.size() < LIMIT ? words.putIfAbsent(text, word) : words.get(text);
    return earlier == null ? word : earlier;
  }
}
