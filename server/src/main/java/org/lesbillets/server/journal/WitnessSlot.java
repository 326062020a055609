package org.lesbillets.server.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/** The form of one slot of a {@link Witness}, and where the slots are. Stateless. */
final class WitnessSlot {
  static final int SLOT_DISTANCE = 4_096;
  static final int SLOTS = 2;

  /** Where the slot of an announced commit is. */
  static final int ANNOUNCED_AT = SLOTS * SLOT_DISTANCE;

  static final int BYTES = 128;

  private static final byte[] MAGIC = "billets1".getBytes(US_ASCII);
  private static final int ID_BYTES = 72;
  private static final int IDENTITY_AT = 116;

  private WitnessSlot() {}

  /** The slot of an announced commit, if it is there and whole. */
  static Optional<ByteBuffer> announced(Path file) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(BYTES);
    read(file, slot);
    boolean whole = !slot.hasRemaining() && isWhole(slot.clear());
    return whole ? Optional.of(slot) : Optional.empty();
  }

  /**
   * The bytes of the slot of an announced commit, whole or not; none if there is none. A file that
   * cannot be read may have one.
   */
  static byte[] announcement(Path file) {
    ByteBuffer slot = ByteBuffer.allocate(BYTES);
    try {
      read(file, slot);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      return slot.array();
    }
    return Arrays.copyOf(slot.array(), slot.position());
  }

  private static void read(Path file, ByteBuffer slot) throws IOException {
    try (FileChannel channel = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS))) {
      while (slot.hasRemaining() && channel.read(slot, ANNOUNCED_AT + slot.position()) > 0) {
        // A short read is continued.
      }
    }
  }

  /** The identity of the file that a slot was written to. */
  static long identity(ByteBuffer slot) {
    return slot.getLong(IDENTITY_AT);
  }

  /**
   * The newest whole slot of a witness.
   *
   * @throws IOException if the file cannot be read, or no slot of it is whole
   */
  static ByteBuffer newest(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOTS * SLOT_DISTANCE);
    try (FileChannel channel = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS))) {
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // A short read is continued.
      }
    }
    ByteBuffer newest = null;
    for (int slot = 0; slot < SLOTS; slot++) {
      ByteBuffer part = bytes.clear().slice(slot * SLOT_DISTANCE, BYTES);
      if (isWhole(part) && (newest == null || part.getLong(8) > newest.getLong(8))) {
        newest = part;
      }
    }
    if (newest == null) {
      throw new IOException("no record in it is whole");
    }
    return newest;
  }

  private static boolean isWhole(ByteBuffer slot) {
    byte[] magic = new byte[MAGIC.length];
    slot.get(0, magic);
    return Arrays.equals(magic, MAGIC)
        && slot.getInt(BYTES - Integer.BYTES) == checksum(new CRC32C(), slot);
  }

  private static int checksum(CRC32C crc, ByteBuffer slot) {
    crc.reset();
    crc.update(slot.duplicate().position(0).limit(BYTES - Integer.BYTES));
    return (int) crc.getValue();
  }

  static Witness.Record decoded(ByteBuffer slot) {
    byte[] id = new byte[slot.getInt(40)];
    slot.get(44, id);
    return new Witness.Record(
        new String(id, UTF_8), slot.getLong(16), slot.getLong(24), slot.getLong(32));
  }

  /** Puts a record into a slot, but for the file's identity and checksum. */
  static void encode(ByteBuffer slot, long sequence, Witness.Record record) {
    byte[] id = record.journalId().getBytes(UTF_8);
    if (id.length > ID_BYTES) {
      throw new IllegalArgumentException("the id of a journal has at most 72 bytes");
    }
    slot.clear();
    slot.put(MAGIC).putLong(sequence);
    slot.putLong(record.revision()).putLong(record.chain()).putLong(record.issued());
    slot.putInt(id.length).put(id);
    while (slot.position() < IDENTITY_AT) {
      slot.put((byte) 0);
    }
  }

  /** Completes a slot; its position is 0 then. */
  static void seal(ByteBuffer slot, long identity, CRC32C crc) {
    slot.putLong(IDENTITY_AT, identity);
    slot.putInt(BYTES - Integer.BYTES, checksum(crc, slot));
    slot.clear();
  }
}
