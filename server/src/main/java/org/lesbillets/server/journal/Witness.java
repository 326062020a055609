package org.lesbillets.server.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>A redaction changes events that the witness has seen. So the position that its commit will
 * have is {@linkplain #expect announced} durably before, in a third slot, which stays until what
 * was removed is in no file any more.
 *
 * <p>The {@link FileIdentity} tells a file from a copy of it ({@link #isCopy}), which may be older
 * than what the original has seen since.
 */
public final class Witness implements AutoCloseable {
  public static final String FILE_NAME = "head";

  /** Revisions that are reserved durably at a time; an unclean end skips at most those. */
  static final long RESERVED = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(WitnessSlot.BYTES);
  private final CRC32C crc = new CRC32C();
  private final long identity;
  private long sequence = WitnessSlot.SLOTS;
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
        ? Optional.of(WitnessSlot.decoded(WitnessSlot.newest(file)))
        : Optional.empty();
  }

  /**
   * Reads the position announced by {@link #expect}.
   *
   * @return empty if there is none
   * @throws IOException if the file cannot be read
   */
  public static Optional<Record> readAnnounced(Path file) throws IOException {
    if (!Files.exists(file, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return WitnessSlot.announced(file).map(WitnessSlot::decoded);
  }

  /**
   * Whether a file is another one than was written, with the same content.
   *
   * @throws IOException as {@link #read}
   */
  public static boolean isCopy(Path file) throws IOException {
    return FileIdentity.of(file).isOther(WitnessSlot.identity(WitnessSlot.newest(file)));
  }

  /**
   * Writes a witness, atomically and durably, in place of any earlier one, whose announcement it
   * keeps.
   *
   * @throws JournalException if it cannot be written
   */
  public static void write(Path file, Record record) {
    try {
      byte[] announced = WitnessSlot.announcement(file);
      PrivateFiles.replace(
          file,
          part -> {
            Files.write(part, image(record, FileIdentity.of(part).value()));
            Files.write(part, announced, APPEND);
          });
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static byte[] image(Record record, long identity) {
    ByteBuffer image = ByteBuffer.allocate(WitnessSlot.SLOTS * WitnessSlot.SLOT_DISTANCE);
    for (int slot = 0; slot < WitnessSlot.SLOTS; slot++) {
      ByteBuffer part = image.slice(slot * WitnessSlot.SLOT_DISTANCE, WitnessSlot.BYTES);
      WitnessSlot.encode(part, slot, record);
      WitnessSlot.seal(part, identity, new CRC32C());
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
   * Announces, durably, the position of a commit that also changes earlier events.
   *
   * @throws JournalException if it cannot be written
   */
  public void expect(long revision, long chain) {
    try {
      WitnessSlot.encode(buffer, sequence, last.at(revision, chain));
      WitnessSlot.seal(buffer, identity, crc);
      writeAt(WitnessSlot.ANNOUNCED_AT);
      channel.force(true);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Takes note, durably, of the commit that was announced; fails as {@link #expect}. */
  public void committedAsExpected(long revision, long chain) {
    last = last.at(revision, chain);
    putDurably();
  }

  /**
   * Whether something is announced, by this process or an earlier one: what was removed may still
   * be in the files.
   *
   * @throws JournalException if the file cannot be read
   */
  public boolean announces() {
    try {
      return channel.size() > WitnessSlot.ANNOUNCED_AT;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Withdraws the announcement, durably; fails as {@link #expect}. */
  public void settled() {
    try {
      channel.truncate(WitnessSlot.ANNOUNCED_AT);
      channel.force(true);
    } catch (IOException e) {
      throw unwritable(file, e);
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
      for (int slot = 0; slot < WitnessSlot.SLOTS; slot++) {
        put();
        channel.force(true);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void put() throws IOException {
    WitnessSlot.encode(buffer, sequence, last);
    WitnessSlot.seal(buffer, identity, crc);
    long at = sequence % WitnessSlot.SLOTS * WitnessSlot.SLOT_DISTANCE;
    sequence++;
    writeAt(at);
  }

  private void writeAt(long at) throws IOException {
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
