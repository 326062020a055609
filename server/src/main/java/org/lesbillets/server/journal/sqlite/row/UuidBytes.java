package org.lesbillets.server.journal.sqlite.row;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The encoding of UUIDs as sixteen bytes. Pure; any thread. */
public final class UuidBytes {
  private UuidBytes() {}

  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /**
   * @throws IllegalArgumentException if these are not the bytes of a UUID
   */
  public static UUID of(byte[] bytes) {
    if (bytes == null || bytes.length != 16) {
      throw new IllegalArgumentException("not the bytes of a UUID");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
