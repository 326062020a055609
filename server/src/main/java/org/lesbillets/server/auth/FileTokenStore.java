package org.lesbillets.server.auth;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * The file {@code tokens} in a data directory. Each change reads the file and replaces it
 * atomically under a lock, so that concurrent changes are serialized. Any thread, any process;
 * holds nothing between calls.
 */
public final class FileTokenStore implements TokenStore {
  private static final String FILE_NAME = "tokens";

  /** Excludes the threads of this process; the file lock excludes other processes. */
  private static final ReentrantLock MUTEX = new ReentrantLock();

  private final Path directory;
  private final TokenMint mint;

  /** Attributes that change with each version of the file. */
  private record Version(FileTime modified, long size, Object key) {
    static final Version ABSENT = new Version(FileTime.fromMillis(0), -1, null);
  }

  /** The tokens of a data directory, which is created for its owner alone by the first change. */
  public FileTokenStore(Path directory) {
    this(directory, new TokenMint());
  }

  FileTokenStore(Path directory, TokenMint mint) {
    this.directory = directory;
    this.mint = mint;
  }

  Path file() {
    return directory.resolve(FILE_NAME);
  }

  @Override
  public String add(AgentName name, Role role) {
    String token = mint.token();
    change(
        known -> {
          if (known.find(name).isPresent()) {
            throw new TokenException(
                "'%s' has a token already: revoke that one first, or choose another name."
                    .formatted(name));
          }
          return known.with(mint.entry(name, role, token, false));
        });
    return token;
  }

  @Override
  public String addLocal(AgentName wanted) {
    String token = mint.token();
    change(
        known -> {
          TokenLines others = known.local().map(old -> known.without(old.name())).orElse(known);
          AgentName name =
              known
                  .local()
                  .map(TokenEntry::name)
                  .orElseGet(() -> TokenMint.freeName(wanted, n -> others.find(n).isPresent()));
          return others.with(mint.entry(name, Role.ADMIN, token, true));
        });
    return token;
  }

  @Override
  public Object version() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file(), BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (NoSuchFileException e) {
      return Version.ABSENT;
    } catch (IOException e) {
      throw TokenLines.unreadable(file(), e);
    }
  }

  @Override
  public List<TokenEntry> intact() {
    return TokenLines.intact(file());
  }

  @Override
  public boolean exists() {
    return Files.exists(file());
  }

  @Override
  public List<TokenEntry> list() {
    return TokenLines.read(file()).entries();
  }

  @Override
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
