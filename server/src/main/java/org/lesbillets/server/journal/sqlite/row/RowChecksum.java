package org.lesbillets.server.journal.sqlite.row;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of a row: CRC-32C, in its column {@code checksum} as an integer of 0 to 2^32 - 1.
 * Not thread-safe; for one row.
 *
 * <p>It runs over the table's name as a text, then over the columns in the order the row's class
 * names them, each as: 0x00 for NULL; 0x01 and eight bytes, the most significant first, for an
 * INTEGER; 0x02, the length in four bytes, and the bytes for a BLOB or (in UTF-8) a TEXT.
 */
public final class RowChecksum {
  private static final byte NOTHING = 0;
  private static final byte INTEGER = 1;
  private static final byte BYTES = 2;

  /** Odd, and so invertible modulo 2^64. */
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private static final long INVERSE =
      BigInteger.valueOf(FACTOR).modInverse(BigInteger.TWO.pow(Long.SIZE)).longValue();

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer head = ByteBuffer.allocate(9);

  RowChecksum(byte[] table) {
    bytes(table);
  }

  void integer(long value) {
    update(head.clear().put(INTEGER).putLong(value));
  }

  /** A text in UTF-8, a blob, or null. */
  void bytes(byte[] value) {
    if (value == null) {
      update(head.clear().put(NOTHING));
      return;
    }
    update(head.clear().put(BYTES).putInt(value.length));
    crc.update(value, 0, value.length);
  }

  private void update(ByteBuffer part) {
    crc.update(part.array(), 0, part.position());
  }

  long value() {
    return crc.getValue();
  }

  /**
   * The chained checksum of a sequence of rows with one more row: {@code chain * FACTOR + checksum}
   * modulo 2^64, a polynomial hash that starts at 0. Rows that are exchanged, missing or changed
   * give another value.
   *
   * @param checksum of the row
   */
  public static long chained(long chain, long checksum) {
    return chain * FACTOR + checksum;
  }

  /** The chained checksum without its last row: the inverse of {@link #chained}. */
  public static long unchained(long chain, long checksum) {
    return (chain - checksum) * INVERSE;
  }

  /** The checksum of a lone text or blob. */
  public static long of(byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(value, 0, value.length);
    return crc.getValue();
  }
}
