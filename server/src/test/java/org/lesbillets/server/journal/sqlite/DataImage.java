package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.lesbillets.server.journal.Witness;

/** Copies of a journal's files, as a kill at this moment would leave them. */
final class DataImage {
  static final String JOURNAL = SqliteJournal.FILE_NAME;
  static final String WAL = JOURNAL + "-wal";
  static final String HEAD = Witness.FILE_NAME;
  static final List<String> FILES = List.of(JOURNAL, WAL, HEAD);

  private DataImage() {}

  /** Copies the files of an idle journal, in use or not, to a directory. */
  static Path of(Path data, Path to) {
    try {
      Files.createDirectories(to);
      for (String name : FILES) {
        copy(data, to, name);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files themselves, as far as a witness can tell, and no copy. */
  static Path original(Path image) {
    try {
      Path head = image.resolve(HEAD);
      Witness.write(head, Witness.read(head).orElseThrow());
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies one file, if there is one. */
  static void copy(Path data, Path to, String name) throws IOException {
    if (Files.exists(data.resolve(name))) {
      Files.copy(data.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Flips one bit of a file. */
  static void flip(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }
}
