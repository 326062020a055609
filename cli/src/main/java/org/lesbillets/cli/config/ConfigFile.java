package org.lesbillets.cli.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.lesbillets.model.place.UserDirectories;

/**
 * The file {@code config.toml} of one user, who edits it, too: a change rewrites the lines it must,
 * and the file is replaced atomically.
 *
 * <p>Optimistic concurrency: the text is parsed, changed, written to a temporary file beside it and
 * synced; only if the file still has the text that was read is it renamed over it, else all of that
 * is retried. A lock serializes the changes of this program; the comparison catches those of
 * editors, which take no lock.
 *
 * <p>Immutable; several threads and processes may change the file concurrently.
 */
public final class ConfigFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_TRIES = 5;

  private final Path path;
  private final Path lock;
  private final UserDirectories folders;

  public ConfigFile(UserDirectories folders) {
    this.path = folders.config().resolve("config.toml");
    this.lock = folders.state().resolve("config.lock");
    this.folders = folders;
  }

  /** A change of the file that was made. */
  public record Change(Config before, Config after) {}

  public Path path() {
    return path;
  }

  /**
   * What it says; {@link Config#NONE} where there is no file.
   *
   * @throws SettingsException if it cannot be read, or makes no sense
   */
  public Config read() {
    String text = text();
    return text == null ? Config.NONE : reader().read(text);
  }

  /**
   * What to throw for a value of the file that was read, and is wrong for the one who uses it.
   *
   * @param tables the names of the tables around the key, the outermost first
   */
  public SettingsException wrong(List<String> tables, String key, String sentence) {
    String text = text();
    return text == null
        ? new SettingsException(path + ": " + sentence)
        : reader().wrong(text, tables, key, sentence);
  }

  /** Created lazily: it loads the TOML classes. */
  private ConfigReader reader() {
    return new ConfigReader(path, folders);
  }

  /** Null where there is no file. */
  private String text() {
    try {
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length > MOST_BYTES) {
        throw SettingsException.of(path, "is longer than 1 MiB: is it the right file?", null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      return null;
    } catch (CharacterCodingException e) {
      throw SettingsException.of(path, "is not UTF-8 text: write it anew as UTF-8", e);
    } catch (IOException e) {
      throw SettingsException.of(path, "cannot be read: check what it is and who may read it", e);
    }
  }

  /**
   * Changes what it says, and makes the file where there is none.
   *
   * @return what it said and what it says now
   * @throws SettingsException if the file or the change makes no sense, or if it cannot be written
   *     without touching what people wrote
   * @throws UncheckedIOException if the file cannot be written
   */
  public Change change(ConfigEdit edit) {
    try {
      ConfigLock held = ConfigLock.take(lock);
      try {
        return changed(edit);
      } finally {
        held.close();
      }
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new UncheckedIOException(
          path + " cannot be written (" + why + "): check the folder and its disk", e);
    }
  }

  private Change changed(ConfigEdit edit) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      String before = text();
      Config said = before == null ? Config.NONE : reader().read(before);
      Config wanted = edit.applied(said);
      if (replaced(before, reader().edited(before == null ? "" : before, edit, wanted))) {
        return new Change(said, wanted);
      }
    }
    throw new IOException("something else changes it all the time");
  }

  /** False if a program that takes no lock, such as an editor, has changed it concurrently. */
  private boolean replaced(String before, String after) throws IOException {
    if (after.equals(before)) {
      return true;
    }
    Path target = target();
    Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".new");
    try {
      write(fresh, after);
      if (before != null) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
      }
      String now = text();
      if (now == null ? before != null : !now.equals(before)) {
        return false;
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The file itself where its name is a link, so that it stays one. */
  private Path target() throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is a link to a file that is not there");
    }
    Files.createDirectories(
        path.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return path;
  }
}
