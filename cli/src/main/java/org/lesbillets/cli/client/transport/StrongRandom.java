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
    byte[] bytes = bytes(UUID_BYTES);
    bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
    bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong());
  }
}
