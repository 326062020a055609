package org.lesbillets.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.lesbillets.cli.client.TokenSource;

/**
 * A token in a file, read again for each connection, so that a new one is used. Thread-safe; warns
 * once.
 */
final class FileToken implements TokenSource {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Path file;
  private final String origin;
  private final Consumer<String> warnings;
  private final AtomicBoolean warned = new AtomicBoolean();

  private final boolean required;

  /**
   * @param origin who names the file, as in "BILLETS_TOKEN_FILE"
   */
  FileToken(Path file, String origin, Consumer<String> warnings) {
    this(file, origin, warnings, true);
  }

  private FileToken(Path file, String origin, Consumer<String> warnings, boolean required) {
    this.file = file;
    this.origin = origin;
    this.warnings = warnings;
    this.required = required;
  }

  /**
   * The token that the server on this machine leaves for its owner. Without the file the server is
   * asked all the same: that none runs says more.
   */
  static FileToken local(Path file, Consumer<String> warnings) {
    return new FileToken(file, "the local token", warnings, false);
  }

  @Override
  public String token() {
    if (!required && !file.toFile().exists()) {
      return "";
    }
    String token = read();
    if (isReadableByOthers() && warned.compareAndSet(false, true)) {
      warnings.accept(
          origin
              + ": others on this machine can read the token in "
              + file
              + ": chmod 600 "
              + file
              + " keeps it yours");
    }
    return token;
  }

  @Override
  public Path file() {
    return file;
  }

  /** Another token in the same file changes its time. */
  @Override
  public String identity() {
    return "file " + file.toAbsolutePath() + " of " + file.toFile().lastModified();
  }

  private String read() {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw Tokens.missing(
            origin + ": the file " + file + " is empty, it should hold a token", null);
      }
      return Tokens.checked(token, origin + ": what the file " + file + " holds");
    } catch (NoSuchFileException e) {
      throw Tokens.missing(origin + ": there is no file " + file, e);
    } catch (IOException e) {
      throw Tokens.missing(
          origin + ": the file " + file + " cannot be read, check who may read it", e);
    }
  }

  private boolean isReadableByOthers() {
    try {
      return Files.isRegularFile(file)
          && !Collections.disjoint(OTHERS, Files.getPosixFilePermissions(file));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
