package org.lesbillets.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * An ordered index from unique keys of two unsigned numbers to the places of a list: a B+ tree of
 * two levels. Of a key it keeps the first number; the second is asked for where two first ones are
 * equal. 12 bytes an entry where the keys arrive in rising order, some 17 where they are random, 24
 * where they fall: a full chunk is halved, and its upper half gets no further key.
 *
 * <p>Mutable, and owned by one thread. Bounded by what is put into it: nothing is removed.
 */
final class PlaceIndex {
  private static final int CHUNK = 512;

  private final IntToLongFunction second;

  /** None is empty. */
  private final List<Chunk> chunks = new ArrayList<>();

  private static final class Chunk {
    private final long[] keys = new long[CHUNK];
    private final int[] places = new int[CHUNK];
    private int size;

    void insert(int at, long key, int place) {
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(places, at, places, at + 1, size - at);
      keys[at] = key;
      places[at] = place;
      size++;
    }

    /** Moves what is from {@code at} on into another chunk. */
    Chunk splitOff(int at) {
      Chunk rest = new Chunk();
      rest.size = size - at;
      System.arraycopy(keys, at, rest.keys, 0, rest.size);
      System.arraycopy(places, at, rest.places, 0, rest.size);
      size = at;
      return rest;
    }
  }

  /**
   * @param second the second number of the key of a place
   */
  PlaceIndex(IntToLongFunction second) {
    this.second = second;
  }

  private int compare(Chunk chunk, int at, long key, long low) {
    int first = Long.compareUnsigned(chunk.keys[at], key);
    return first != 0 ? first : Long.compareUnsigned(second.applyAsLong(chunk.places[at]), low);
  }

  /** The last chunk that begins with the key or one before it; the first if none does. */
  private int chunkOf(long key, long low) {
    int from = 0;
    int to = chunks.size() - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (compare(chunks.get(middle), 0, key, low) <= 0) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return from;
  }

  /** How many keys of a chunk stand before the key. */
  private int before(Chunk chunk, long key, long low) {
    int from = 0;
    int to = chunk.size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(chunk, middle, key, low) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** The place of a key; -1 if there is none. */
  int find(long key, long low) {
    if (chunks.isEmpty()) {
      return -1;
    }
    Chunk chunk = chunks.get(chunkOf(key, low));
    int at = before(chunk, key, low);
    return at < chunk.size && compare(chunk, at, key, low) == 0 ? chunk.places[at] : -1;
  }

  /** Adds a key, or gives it another place. */
  void put(long key, long low, int place) {
    if (chunks.isEmpty()) {
      chunks.add(new Chunk());
    }
    int index = chunkOf(key, low);
    Chunk chunk = chunks.get(index);
    int at = before(chunk, key, low);
    if (at < chunk.size && compare(chunk, at, key, low) == 0) {
      chunk.places[at] = place;
      return;
    }
    if (chunk.size == CHUNK) {
      // Behind the last key of all a new chunk begins, so that those before it stay full.
      boolean last = at == CHUNK && index == chunks.size() - 1;
      Chunk rest = chunk.splitOff(last ? CHUNK : CHUNK / 2);
      chunks.add(index + 1, rest);
      if (at > chunk.size || last) {
        at -= chunk.size;
        chunk = rest;
      }
    }
    chunk.insert(at, key, place);
  }

  /** Offers the places of a key and of those after it, in order, for as long as they are taken. */
  void from(long key, long low, IntPredicate taker) {
    int index = chunks.isEmpty() ? 0 : chunkOf(key, low);
    int at = chunks.isEmpty() ? 0 : before(chunks.get(index), key, low);
    for (; index < chunks.size(); index++) {
      Chunk chunk = chunks.get(index);
      for (; at < chunk.size; at++) {
        if (!taker.test(chunk.places[at])) {
          return;
        }
      }
      at = 0;
    }
  }
}
