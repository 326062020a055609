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
import org.lesbillets.server.journal.FileErrorMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running server knows of the tokens. Any thread: an answer comes from memory; four times a
 * second at most the file is looked at, and read when it is another one. When it cannot be read the
 * last good state stays, and one line is logged.
 */
public final class TokenCache {
  private static final Logger LOG = LoggerFactory.getLogger(TokenCache.class);
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /** No token of ours is longer; what is, is not worth hashing. */
  private static final int LONGEST_TOKEN = 256;

  private final Path file;
  private final LongSupplier nanos;
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile Map<String, Identity> byHash;
  private Version version;
  private long lookedAt;
  private String complaint;

  /** What tells one version of a file from another. */
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

  private TokenCache(Path file, LongSupplier nanos) throws IOException {
    this.file = file;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.version = Version.of(file);
    this.byHash = read(file);
  }

  /**
   * The tokens of a data directory.
   *
   * @throws TokenException if they cannot be read: there is no last good state yet
   */
  public static TokenCache open(Path directory) {
    return open(directory, System::nanoTime);
  }

  /**
   * The tokens of a data directory.
   *
   * @param nanos a clock that never jumps
   */
  static TokenCache open(Path directory, LongSupplier nanos) {
    Path file = directory.resolve(TokenStore.FILE_NAME);
    try {
      return new TokenCache(file, nanos);
    } catch (IOException e) {
      throw new TokenException(
          "The tokens file "
              + file
              + " cannot be read ("
              + FileErrorMessages.why(e)
              + "): make it readable.",
          e);
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
   * Whose token it is.
   *
   * @param bearerToken as it came, or null
   */
  public Optional<Identity> identify(String bearerToken) {
    look();
    if (bearerToken == null || bearerToken.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    String hash = TokenText.hash(bearerToken);
    if (!byHash.containsKey(hash)) {
      // It may have been made just now; a script that made it uses it at once.
      lookNow();
    }
    return Optional.ofNullable(byHash.get(hash));
  }

  /**
   * Looks at the file; to be called a few times a second.
   *
   * @return whether tokens came or went since this was called last: time to ask {@link #stillValid}
   */
  public boolean refresh() {
    look();
    return changed.getAndSet(false);
  }

  /** Whether the token this identity came with is still good, for the same name and role. */
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

  /** Reads the file if it is another one than before. */
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
