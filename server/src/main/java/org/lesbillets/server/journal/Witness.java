package org.lesbillets.server.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The witness of a journal, the file {@code head} of its data directory: the position of the last
 * commit, kept outside the store, so that the next start detects a lost or exchanged tail. One
 * thread at a time, the journal's; 8 KiB.
 *
 * <p>Two slots, a page apart, each with a sequence number and a checksum of its own. A commit
 * overwrites the older slot with one positional write and no sync, so a torn write leaves the other
 * slot, one commit older. A witness older than its journal is right: it is written after the
 * commit. A durable record ({@link #start}, {@link #reserve}, {@link #end}) goes into both slots.
 *
 * <pre>
 *   slot    0: magic, 8 bytes    8: sequence    16: revision    24: chain    32: issued
 *          40: length of the journal's id, 4 bytes, and the id, 72 bytes
 *         116: identity of the file, 0 if unknown
 *         124: CRC-32C of the bytes before it
 * </pre>
 *
 * <p>The {@link FileIdentity} tells a file from a copy of it ({@link #isCopy}), which may be older
 * than what the original has seen since.
 */
public final class Witness implements AutoCloseable {
  public static final String FILE_NAME = "head";

  /** Revisions that are reserved durably at a time; an unclean end skips at most those. */
  static final long RESERVED = 1 << 20;

  private static final byte[] MAGIC = "billets1".getBytes(US_ASCII);
  private static final int SLOT_DISTANCE = 4_096;
  private static final int SLOTS = 2;
  private static final int SLOT_BYTES = 128;
  private static final int ID_BYTES = 72;
  private static final int IDENTITY_AT = 116;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOT_BYTES);
  private final CRC32C crc = new CRC32C();
  private final long identity;
  private long sequence = SLOTS;
  private Record last;

  /**
   * What a witness says. Immutable.
   *
   * @param journalId of the history
   * @param revision of the last event; 0 before the first
   * @param chain chained checksum of the events up to it
   * @param issued upper bound of all revisions ever issued; the next one is above it
   */
  public record Record(String journalId, long revision, long chain, long issued) {
    /** This position, with {@link Witness#RESERVED} more revisions to issue. */
    private Record reserving(long revision) {
      return new Record(journalId, this.revision, chain, revision + RESERVED);
    }

    private Record at(long revision, long chain) {
      return new Record(journalId, revision, chain, issued);
    }
  }

  private Witness(Path file, FileChannel channel, Record last) throws IOException {
    this.file = file;
    this.identity = FileIdentity.of(file).value();
    this.channel = channel;
    this.last = last;
  }

  /**
   * Reads the newest record of a file.
   *
   * @return empty if there is no file
   * @throws IOException if the file cannot be read, or no slot of it is whole
   */
  public static Optional<Record> read(Path file) throws IOException {
    return Files.exists(file, NOFOLLOW_LINKS)
        ? Optional.of(decoded(newest(file)))
        : Optional.empty();
  }

  /**
   * Whether a file is another one than was written, with the same content.
   *
   * @throws IOException as {@link #read}
   */
  public static boolean isCopy(Path file) throws IOException {
    return FileIdentity.of(file).isOther(newest(file).getLong(IDENTITY_AT));
  }

  private static ByteBuffer newest(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOTS * SLOT_DISTANCE);
    try (FileChannel channel = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS))) {
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // A short read is continued.
      }
    }
    ByteBuffer newest = null;
    for (int slot = 0; slot < SLOTS; slot++) {
      ByteBuffer part = bytes.clear().slice(slot * SLOT_DISTANCE, SLOT_BYTES);
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
        && slot.getInt(SLOT_BYTES - Integer.BYTES) == checksum(new CRC32C(), slot);
  }

  private static int checksum(CRC32C crc, ByteBuffer slot) {
    crc.reset();
    crc.update(slot.duplicate().position(0).limit(SLOT_BYTES - Integer.BYTES));
    return (int) crc.getValue();
  }

  private static Record decoded(ByteBuffer slot) {
    byte[] id = new byte[slot.getInt(40)];
    slot.get(44, id);
    return new Record(new String(id, UTF_8), slot.getLong(16), slot.getLong(24), slot.getLong(32));
  }

  /** Puts a record into a slot, but for the file's identity and checksum. */
  private static void encode(ByteBuffer slot, long sequence, Record record) {
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

  private static void seal(ByteBuffer slot, long identity, CRC32C crc) {
    slot.putLong(IDENTITY_AT, identity);
    slot.putInt(SLOT_BYTES - Integer.BYTES, checksum(crc, slot));
    slot.clear();
  }

  /**
   * Writes a witness, atomically and durably, in place of any earlier one.
   *
   * @throws JournalException if it cannot be written
   */
  public static void write(Path file, Record record) {
    try {
      PrivateFiles.replace(
          file, part -> Files.write(part, image(record, FileIdentity.of(part).value())));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static byte[] image(Record record, long identity) {
    ByteBuffer image = ByteBuffer.allocate(SLOTS * SLOT_DISTANCE);
    for (int slot = 0; slot < SLOTS; slot++) {
      ByteBuffer part = image.slice(slot * SLOT_DISTANCE, SLOT_BYTES);
      encode(part, slot, record);
      seal(part, identity, new CRC32C());
    }
    return image.array();
  }

  /**
   * Starts to bear witness, with {@link #RESERVED} revisions reserved durably. Removes what killed
   * writes have left.
   *
   * @param from position of the journal, and the revisions issued so far
   * @throws JournalException if it cannot be written
   */
  public static Witness start(Path file, Record from) {
    Record reserving = from.reserving(from.issued());
    write(file, reserving);
    try {
      PrivateFiles.removeParts(file);
      return new Witness(file, FileChannel.open(file, Set.of(WRITE, NOFOLLOW_LINKS)), reserving);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Makes sure, before the commit, that revisions up to {@code revision} are reserved durably.
   * Syncs once in {@link #RESERVED} revisions.
   *
   * @throws JournalException if it cannot be written
   */
  public void reserve(long revision) {
    if (revision > last.issued()) {
      last = last.reserving(revision);
      putDurably();
    }
  }

  /** Takes note of a commit, without a sync; fails as {@link #reserve}. */
  public void committed(long revision, long chain) {
    if (revision != last.revision()) {
      last = last.at(revision, chain);
      try {
        put();
      } catch (IOException e) {
        throw unwritable(file, e);
      }
    }
  }

  /**
   * Records a clean end, durably: the revisions reserved beyond {@code issued} are free again.
   *
   * @param issued the highest revision issued, or that of an earlier history
   * @throws JournalException if it cannot be written
   */
  public void end(long issued) {
    last = new Record(last.journalId(), last.revision(), last.chain(), issued);
    putDurably();
  }

  /** The file of this witness. */
  public Path file() {
    return file;
  }

  /** One slot after the other, so that a torn write spares one of them. */
  private void putDurably() {
    try {
      for (int slot = 0; slot < SLOTS; slot++) {
        put();
        channel.force(true);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void put() throws IOException {
    encode(buffer, sequence, last);
    seal(buffer, identity, crc);
    long at = sequence % SLOTS * SLOT_DISTANCE;
    sequence++;
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  private static JournalException unwritable(Path file, IOException e) {
    return new JournalException(
        ("The witness of the journal, %s, could not be written (%s): look after the disk and the"
                + " directory, and start again.")
            .formatted(file, FileErrorMessages.why(e)),
        e);
  }

  /** Closes the file; without {@link #end} before it, the end counts as unclean. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
