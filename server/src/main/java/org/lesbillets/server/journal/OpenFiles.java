package org.lesbillets.server.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities (device and inode) of files that are held open, compared with what their paths
 * name: writes to a file that was removed or replaced are lost without an error. Immutable; any
 * thread. A check costs one stat a file, some 5 µs, and blocks as long as the file system does.
 */
public final class OpenFiles {
  private final Map<Path, Object> keys;

  private OpenFiles(Map<Path, Object> keys) {
    this.keys = keys;
  }

  /**
   * Files that were opened a moment ago.
   *
   * @throws IOException if one of them cannot be found
   */
  public static OpenFiles of(Path... files) throws IOException {
    Map<Path, Object> keys = new LinkedHashMap<>();
    for (Path file : files) {
      keys.put(file, key(file));
    }
    return new OpenFiles(keys);
  }

  /** Empty text where the file system has no such keys: then only absence is found. */
  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    return key == null ? "" : key;
  }

  /** A sentence about the first file that is not in its place any more; empty if all are. */
  public Optional<String> misplaced() {
    for (Map.Entry<Path, Object> entry : keys.entrySet()) {
      Optional<String> why = why(entry.getKey(), entry.getValue());
      if (why.isPresent()) {
        return why.map(reason -> sentence(entry.getKey(), reason));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> why(Path file, Object key) {
    try {
      return key(file).equals(key) ? Optional.empty() : Optional.of("another file is there");
    } catch (NoSuchFileException e) {
      return Optional.of("it was removed or renamed");
    } catch (IOException e) {
      return Optional.of(FileErrorMessages.why(e));
    }
  }

  private static String sentence(Path file, String why) {
    return ("The file %s, which the server has open, is not in its place any more (%s): export what"
            + " the server still shows ('billets-server token add' makes a token for that where the"
            + " tokens are gone, too), stop it, put the data directory or a backup back, and start"
            + " it again.")
        .formatted(file, why);
  }
}
