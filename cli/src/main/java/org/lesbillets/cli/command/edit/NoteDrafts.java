package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Unsent texts, each under a name: a comment, a ticket yet to be created. A name can have several:
 * to begin another does not overwrite the first. Confined to one thread; files are readable by
 * their owner only. All methods throw UncheckedIOException, with a sentence for people, when the
 * disk fails.
 *
 * @param folder made when the first text is kept
 */
public record NoteDrafts(Path folder) {
  private static final String ENDING = ".note";

  /** More of one name are not kept: the last one is written over. */
  private static final int MOST = 99;

  /** A text that was kept. */
  public record Note(Path file, String text, Instant kept) {}

  /**
   * Keeps a text beside those that have this name.
   *
   * @param name letters, digits and hyphens
   * @return where it is
   */
  public Path create(String name, String text) {
    DraftFiles.createFolder(folder);
    int n = 1;
    while (n < MOST && !DraftFiles.create(file(name, n))) {
      n++;
    }
    rewrite(file(name, n), text);
    return file(name, n);
  }

  /** Puts another text into a file that was made or found here. */
  public void rewrite(Path file, String text) {
    DraftFiles.createFolder(folder);
    DraftFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of this name that was kept last; what is no text is passed by. */
  public Optional<Note> newest(String name) {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(n -> find(file(name, n)))
        .flatMap(Optional::stream)
        .filter(note -> !note.text().isBlank())
        .max(Comparator.comparing(Note::kept));
  }

  /** What a file says that was made or found here; nothing if it is gone, or is no text. */
  public Optional<Note> find(Path file) {
    try {
      String text = Files.readString(file);
      return Optional.of(new Note(file, text, Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException | CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DraftFiles.failed(file, "cannot be read", e);
    }
  }

  /**
   * Sets aside all texts of this name but one: they stay on disk, and are not found any more.
   *
   * @return for those that were set aside, where they are then
   */
  public Map<Path, Path> setAsideOthers(String name, Path one) {
    Map<Path, Path> aside = new LinkedHashMap<>();
    IntStream.rangeClosed(1, MOST)
        .mapToObj(n -> file(name, n))
        .filter(file -> !file.equals(one) && find(file).isPresent())
        .forEach(file -> aside.put(file, DraftFiles.setAside(file)));
    return aside;
  }

  /** Removes a file that was made or found here, if it is still there. */
  public void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DraftFiles.failed(file, "cannot be removed", e);
    }
  }

  private Path file(String name, int n) {
    return folder.resolve(name + (n == 1 ? "" : "-" + n) + ENDING);
  }
}
