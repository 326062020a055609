package org.lesbillets.server.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In-memory cache of the tokens file, from which handshakes are authorized. Any thread; reads are
 * lock-free. The file's attributes are polled at most every 250 ms, and it is read when they
 * changed. When it cannot be read the last good state stays, and one line is logged. Bounded by the
 * file.
 */
public final class TokenBook {
  private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /** Above the length of our tokens: longer texts are not hashed. */
  private static final int LONGEST_TOKEN = 256;

  private final Path file;
  private final LongSupplier nanos;
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile Map<String, Identity> byHash;
  private Version version;
  private long lookedAt;
  private String complaint;

  /** Attributes that change with each version of the file. */
  private record Version(FileTime modified, long size, Object key) {
    static final Version ABSENT = new Version(FileTime.fromMillis(0), -1, null);

    static Version of(Path file) throws IOException {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (NoSuchFileException e) {
        return ABSENT;
      }
    }
  }

  private TokenBook(Path file, LongSupplier nanos) throws IOException {
    this.file = file;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.version = Version.of(file);
    this.byHash = read(file);
  }

  /**
   * The tokens of a data directory.
   *
   * @throws TokenException if they cannot be read: there is no last good state at startup
   */
  public static TokenBook open(Path directory) {
    return open(directory, System::nanoTime);
  }

  /**
   * The tokens of a data directory.
   *
   * @param nanos a clock that never jumps
   */
  static TokenBook open(Path directory, LongSupplier nanos) {
    Path file = directory.resolve(TokenStore.FILE_NAME);
    try {
      return new TokenBook(file, nanos);
    } catch (IOException e) {
      throw TokenLines.unreadable(file, e);
    }
  }

  private static Map<String, Identity> read(Path file) {
    Map<String, Identity> found = new HashMap<>();
    for (TokenEntry entry : TokenLines.read(file).entries()) {
      found.put(entry.hash(), entry.identity());
    }
    return Map.copyOf(found);
  }

  /**
   * The owner of a token.
   *
   * @param bearerToken as received, or null
   */
  public Optional<Identity> identify(String bearerToken) {
    look();
    if (bearerToken == null || bearerToken.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    String hash = TokenEntry.hashOf(bearerToken);
    if (!byHash.containsKey(hash)) {
      // A script may use a token right after it was added, before the next poll.
      lookNow();
    }
    return Optional.ofNullable(byHash.get(hash));
  }

  /**
   * Polls the file; to be called a few times a second.
   *
   * @return whether the tokens changed since the last call: {@link #stillValid} must be asked again
   */
  public boolean refresh() {
    look();
    return changed.getAndSet(false);
  }

  /** Whether the identity's token still exists, with the same name and role. */
  public boolean stillValid(Identity identity) {
    return byHash.containsValue(identity);
  }

  private synchronized void look() {
    long now = nanos.getAsLong();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      lookNow();
    }
  }

  /** Reads the file if its attributes changed. */
  private synchronized void lookNow() {
    try {
      Version present = Version.of(file);
      if (!present.equals(version)) {
        take(read(file));
        version = present;
        complaint = null;
      }
    } catch (IOException | TokenException e) {
      complain(e.getMessage());
    }
  }

  private void complain(String sentence) {
    if (!sentence.equals(complaint)) {
      complaint = sentence;
      LOG.warn("the tokens stay as they were: {}", sentence);
    }
  }

  private void take(Map<String, Identity> found) {
    if (!found.equals(byHash)) {
      byHash = found;
      changed.set(true);
      LOG.info("the tokens changed; good ones now: {}", found.size());
    }
  }
}
