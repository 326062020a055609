package org.lesbillets.server.measure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters by a key of a fixed set, which bounds them. Any thread; an addition is lock-free and
 * does not contend with others (striped counters).
 */
public final class Tally<K> {
  private final Map<K, LongAdder> counts = new LinkedHashMap<>();

  /**
   * @param keys all that are counted
   */
  public Tally(Collection<K> keys) {
    keys.forEach(key -> counts.put(key, new LongAdder()));
  }

  /** Counts one; an unknown key is not counted. */
  public void add(K key) {
    LongAdder count = counts.get(key);
    if (count != null) {
      count.increment();
    }
  }

  /** The counts, in the order of the keys. */
  public Map<K, Long> counts() {
    Map<K, Long> now = new LinkedHashMap<>();
    counts.forEach((key, count) -> now.put(key, count.sum()));
    return now;
  }
}
