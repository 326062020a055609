package org.lesbillets.cli.client.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Cryptographically strong random bytes, read from the operating system: a SecureRandom would load
 * all security providers, which takes longer than a round trip. Stateless; any thread.
 */
public final class StrongRandom {
  private static final String SOURCE = "/dev/urandom";
  private static final int UUID_BYTES = 16;

  private StrongRandom() {}

  public static byte[] bytes(int count) {
    try (FileInputStream source = new FileInputStream(SOURCE)) {
      byte[] bytes = source.readNBytes(count);
      if (bytes.length == count) {
        return bytes;
      }
    } catch (IOException e) {
      // Not every system has this file.
    }
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** A UUID of version 4. */
  public static UUID uuid() {
    ByteBuffer halves = ByteBuffer.wrap(bytes(UUID_BYTES));
    return uuid(4, halves.getLong(), halves.getLong());
  }

  /**
   * An idempotency key: a UUID of version 7, which begins with the time in milliseconds. Keys of
   * one time stand together in the index of a journal, so that a server writes fewer pages for
   * them.
   */
  public static UUID key() {
    ByteBuffer halves = ByteBuffer.wrap(bytes(UUID_BYTES));
    long millis = System.currentTimeMillis() << 16;
    return uuid(7, millis | halves.getLong() & 0xffff, halves.getLong());
  }

  private static UUID uuid(int version, long high, long low) {
    return new UUID(high & ~0xf000L | version << 12, low & -1L >>> 2 | 1L << 63);
  }
}
