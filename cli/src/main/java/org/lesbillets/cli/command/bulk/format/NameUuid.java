package org.lesbillets.cli.command.bulk.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Name-based UUIDs, version 5 of RFC 9562: the same name always has the same UUID, which makes
 * imports idempotent. Stateless.
 */
final class NameUuid {
  /** The namespace of tickets whose origin gave them no UUID. */
  private static final UUID NAMESPACE = UUID.fromString("6f9d3a52-6c0e-4b0b-9a44-0f6d1f6c2b7e");

  private NameUuid() {}

  static UUID of(String name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array());
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long most = digest.getLong() & ~0xf000L | 0x5000L;
    long least = digest.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
