package org.lesbillets.cli.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Texts somebody has begun and not sent, each under a name: a comment, a ticket that is not there
 * yet. Used by one thread; the files are readable by their owner only. All methods throw
 * UncheckedIOException, with a sentence for people, when the disk fails.
 *
 * @param folder made when the first text is kept
 */
public record NoteDrafts(Path folder) {
  private static final String ENDING = ".note";

  /** A text that was kept. */
  public record Note(String text, Instant kept) {}

  /**
   * Keeps a text in place of the one that has this name.
   *
   * @param name letters, digits and hyphens
   * @return where it is
   */
  public Path keep(String name, String text) {
    DraftFiles.createFolder(folder);
    Path file = file(name);
    DraftFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** The text that has this name. */
  public Optional<Note> find(String name) {
    Path file = file(name);
    try {
      String text = Files.readString(file);
      return Optional.of(new Note(text, Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DraftFiles.failed(file, "cannot be read", e);
    }
  }

  /** Forgets the text that has this name, if there is one. */
  public void drop(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw DraftFiles.failed(file(name), "cannot be removed", e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ENDING);
  }
}
