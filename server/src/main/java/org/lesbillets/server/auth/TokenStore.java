package org.lesbillets.server.auth;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * Writer of the file {@code tokens} in a data directory. Each change reads the file and replaces it
 * atomically under a lock, so that concurrent changes are serialized. Any thread, any process;
 * holds nothing between calls.
 */
public final class TokenStore {
  static final String FILE_NAME = "tokens";
  private static final String PREFIX = "blt_";
  private static final int RANDOM_BYTES = 32;

  /** Excludes the threads of this process; the file lock excludes other processes. */
  private static final ReentrantLock MUTEX = new ReentrantLock();

  private final Path directory;
  private final RandomGenerator random;
  private final InstantSource clock;

  /** The tokens of a data directory, which is created for its owner alone by the first change. */
  public TokenStore(Path directory) {
    this(directory, new SecureRandom(), InstantSource.system());
  }

  TokenStore(Path directory, RandomGenerator random, InstantSource clock) {
    this.directory = directory;
    this.random = random;
    this.clock = clock;
  }

  Path file() {
    return directory.resolve(FILE_NAME);
  }

  /**
   * Creates a token.
   *
   * @return its text, which is stored nowhere
   * @throws TokenException if the name has a token already, or the file cannot be changed
   */
  public String add(AgentName name, Role role) {
    String token = newToken();
    change(
        known -> {
          if (known.find(name).isPresent()) {
            throw new TokenException(
                "'%s' has a token already: revoke that one first, or choose another name."
                    .formatted(name));
          }
          return known.with(entry(name, role, token, false));
        });
    return token;
  }

  /**
   * Creates the server's own token, in place of an earlier one.
   *
   * @param wanted its name; "-local" is appended when another token has it
   */
  String addLocal(AgentName wanted) {
    String token = newToken();
    change(
        known -> {
          TokenLines others = known.local().map(old -> known.without(old.name())).orElse(known);
          AgentName name =
              known.local().map(TokenEntry::name).orElseGet(() -> freeName(others, wanted));
          return others.with(entry(name, Role.ADMIN, token, true));
        });
    return token;
  }

  private static AgentName freeName(TokenLines taken, AgentName wanted) {
    String stem = wanted.value().substring(0, Math.min(wanted.value().length(), 50));
    AgentName name = wanted;
    for (int i = 1; taken.find(name).isPresent(); i++) {
      name = new AgentName(stem + (i == 1 ? "-local" : "-local" + i));
    }
    return name;
  }

  /** A new token: {@code blt_} and 43 characters that are safe in a header and in a shell. */
  private String newToken() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private TokenEntry entry(AgentName name, Role role, String token, boolean local) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new TokenEntry(name, role, TokenEntry.hashOf(token), now, local);
  }

  /**
   * All tokens, in the order of their creation.
   *
   * @throws TokenException if the file cannot be read
   */
  public List<TokenEntry> list() {
    return TokenLines.read(file()).entries();
  }

  /**
   * Revokes a token.
   *
   * @throws TokenException if there is none of this name, or the file cannot be changed
   */
  public void revoke(AgentName name) {
    change(
        known -> {
          if (known.find(name).isEmpty()) {
            throw new TokenException(
                "'" + name + "' has no token: 'billets-server token list' shows who has.");
          }
          return known.without(name);
        });
  }

  private void change(UnaryOperator<TokenLines> change) {
    MUTEX.lock();
    try {
      Files.createDirectories(directory, PrivateFiles.directoryMode());
      PrivateFiles.objection(directory.toRealPath(), true).ifPresent(TokenLines::refuse);
      Path lockFile = directory.resolve(FILE_NAME + ".lock");
      try (FileChannel channel =
              FileChannel.open(
                  lockFile, Set.of(CREATE, WRITE, NOFOLLOW_LINKS), PrivateFiles.fileMode());
          FileLock lock = channel.lock()) {
        TokenLines changed = change.apply(TokenLines.read(file()));
        PrivateFiles.replace(file(), changed.bytes());
        lock.release();
      }
    } catch (IOException e) {
      throw new TokenException(
          ("The tokens in %s cannot be changed (%s): give this user the right to write there, or"
                  + " name another directory with --data.")
              .formatted(directory, FileErrorMessages.why(e)),
          e);
    } finally {
      MUTEX.unlock();
    }
  }
}
