package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceIndexTest {
  private static final int ENTRIES = 5_000;

  private record Key(long high, long low) {}

  private static final Comparator<Key> UNSIGNED =
      ((Comparator<Key>) (a, b) -> Long.compareUnsigned(a.high, b.high))
          .thenComparing((a, b) -> Long.compareUnsigned(a.low, b.low));

  private final List<Key> keys = new ArrayList<>();
  private final PlaceIndex index = new PlaceIndex(place -> keys.get(place).low);
  private final TreeMap<Key, Integer> expected = new TreeMap<>(UNSIGNED);

  private void put(Key key) {
    int place = keys.size();
    keys.add(key);
    index.put(key.high, key.low, place);
    expected.put(key, place);
  }

  private List<Integer> from(Key key, int limit) {
    List<Integer> found = new ArrayList<>();
    index.from(
        key.high,
        key.low,
        place -> {
          found.add(place);
          return found.size() < limit;
        });
    return found;
  }

  private static List<Integer> first(Collection<Integer> places, int limit) {
    return places.stream().limit(limit).toList();
  }

  /**
   * The same as a sorted map, whatever the order of the keys.
   *
   * @param highs how many different first numbers there are: where few, many keys share one
   */
  @ParameterizedTest
  @CsvSource({
    "1, random",
    "3, random",
    "2000, random",
    "1000000, random",
    "5000, up",
    "5000, down"
  })
  void agreesWithASortedMap(int highs, String order) {
    Random random = new Random(highs);
    assertEquals(-1, index.find(7, 7));
    assertEquals(List.of(), from(new Key(0, 0), 5));
    for (int i = 0; i < ENTRIES; i++) {
      long high =
          switch (order) {
            case "up" -> i;
            case "down" -> -i;
            default -> random.nextInt(highs) - highs / 2L;
          };
      put(new Key(high, random.nextInt(ENTRIES)));
    }
    for (int i = 0; i < ENTRIES; i++) {
      Key known = keys.get(random.nextInt(keys.size()));
      Key near = new Key(known.high, known.low + random.nextInt(3) - 1);
      assertEquals(expected.getOrDefault(near, -1), index.find(near.high, near.low));
      assertEquals(first(expected.tailMap(near).values(), 3), from(near, 3));
    }
    List<Integer> all = from(new Key(0, 0), Integer.MAX_VALUE);
    assertEquals(List.copyOf(expected.values()), all);
  }
}
