package org.lesbillets.server.soak.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/**
 * One file under its writes: those that a sync covers are on the disk, of the others any part may
 * be. A sector of 512 bytes has one of the contents it had since the last sync. One thread.
 */
final class DiskFile {
  private static final int SECTOR = 512;

  private final byte[] first;
  private final List<DiskOperation> operations = new ArrayList<>();
  private final List<Boolean> durable = new ArrayList<>();

  DiskFile(byte[] first) {
    this.first = first;
  }

  void add(DiskOperation operation) {
    operations.add(operation);
    durable.add(false);
  }

  /** A sync that has returned: it covers what had returned before it was entered. */
  void synced(DiskOperation sync) {
    for (int i = operations.size() - 1; i >= 0 && !durable.get(i); i--) {
      durable.set(i, operations.get(i).ended() <= sync.began());
    }
  }

  /** Which unsynced writes reach the disk, and how much of each. */
  private interface Choice {
    boolean takes(int operation, long sector);
  }

  /** The content after a power cut. */
  byte[] afterPowerCut(Random random) {
    int count = operations.size();
    long seed = random.nextLong();
    int cut = firstUnsynced() + random.nextInt(count - firstUnsynced() + 1);
    Choice choice =
        switch (random.nextInt(7)) {
          case 0 -> (i, sector) -> false;
          case 1 -> (i, sector) -> true;
          // In order, the last one torn.
          case 2, 3 -> (i, sector) -> i < cut || i == cut && coin(seed, i, sector);
          // Any of them, whole.
          case 4 -> (i, sector) -> coin(seed, i, 0);
          // Any of them, half of these torn.
          case 5 -> (i, sector) -> coin(seed, i, 0) && (coin(seed, i, 1) || coin(seed, i, sector));
          // Each sector at an instant of its own.
          default -> (i, sector) -> i < instant(seed, sector, count);
        };
    return content(choice);
  }

  private int firstUnsynced() {
    int index = durable.indexOf(false);
    return index < 0 ? operations.size() : index;
  }

  private int instant(long seed, long sector, int count) {
    int from = firstUnsynced();
    return from + (int) Long.remainderUnsigned(hash(seed, 0, sector), count - from + 1);
  }

  private static boolean coin(long seed, long operation, long sector) {
    return hash(seed, operation, sector) < 0;
  }

  /** The finalizer of SplitMix64; near seeds of java.util.Random begin alike. */
  private static long hash(long seed, long operation, long sector) {
    long z = seed + 0x9E3779B97F4A7C15L * (operation * 1_000_003 + sector + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private byte[] content(Choice choice) {
    Content content = new Content(first);
    for (int i = 0; i < operations.size(); i++) {
      DiskOperation operation = operations.get(i);
      if (operation.kind() == Kind.TRUNCATE) {
        if (durable.get(i) || choice.takes(i, 0)) {
          content.truncate((int) operation.offset());
        }
      } else if (durable.get(i)) {
        content.write(operation.offset(), operation.bytes(), 0, operation.bytes().length);
      } else {
        writeSectors(content, i, choice);
      }
    }
    return content.bytes();
  }

  private void writeSectors(Content content, int index, Choice choice) {
    DiskOperation write = operations.get(index);
    int length = write.bytes().length;
    for (int from = 0; from < length; ) {
      long sector = (write.offset() + from) / SECTOR;
      int to = (int) Math.min(length, (sector + 1) * SECTOR - write.offset());
      if (choice.takes(index, sector)) {
        content.write(write.offset(), write.bytes(), from, to);
      }
      from = to;
    }
  }

  /** Bytes that grow; what lies between is zero. */
  private static final class Content {
    private byte[] bytes;
    private int size;

    Content(byte[] first) {
      bytes = first.clone();
      size = first.length;
    }

    void truncate(int length) {
      reserve(length);
      if (length < size) {
        Arrays.fill(bytes, length, size, (byte) 0);
      }
      size = length;
    }

    /** Writes the part from {@code from} to {@code to} of what was written at {@code offset}. */
    void write(long offset, byte[] source, int from, int to) {
      int end = Math.toIntExact(offset + to);
      reserve(end);
      System.arraycopy(source, from, bytes, (int) offset + from, to - from);
      size = Math.max(size, end);
    }

    private void reserve(int length) {
      if (length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
      }
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
