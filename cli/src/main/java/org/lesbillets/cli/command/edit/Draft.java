package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A text that is being edited, in a file, with the base it was made from in another beside it.
 * Confined to one thread; the editor writes the file concurrently. All methods throw
 * UncheckedIOException, with a sentence for people, when the disk fails.
 */
public final class Draft {
  /** Begins a comment that says what is wrong, and is replaced by the next one. */
  private static final String REASON = "#! ";

  private final Path path;
  private DraftBase base;

  Draft(Path path, DraftBase base) {
    this.path = Objects.requireNonNull(path, "path");
    this.base = Objects.requireNonNull(base, "base");
  }

  /** The file to edit. */
  public Path path() {
    return path;
  }

  public DraftBase base() {
    return base;
  }

  /**
   * The content of the file; empty if it was removed.
   *
   * @throws TemplateException if it is not UTF-8
   */
  public String text() throws TemplateException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(bytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new TemplateException("the file is not UTF-8 text: save it in that encoding");
    }
  }

  /** The bytes of the file; none if it was removed. */
  public byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw DraftFiles.failed(path, "cannot be read", e);
    }
  }

  /** The modification time of the file; the epoch if unknown. */
  public Instant changed() {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /** Replaces the text and its base. */
  public void rewrite(String text, DraftBase base) {
    // In this order: after a crash between, an old base shows too many differences, which is seen;
    // a new base would make an old text revert the changes of others.
    DraftFiles.replace(path, text.getBytes(StandardCharsets.UTF_8));
    DraftFiles.replace(DraftFiles.basePath(path), base.text().getBytes(StandardCharsets.UTF_8));
    this.base = base;
  }

  /** Says at the top of the file what is wrong with it, in place of what was said before. */
  public void explain(String reason) {
    // Byte by byte, so that what cannot be decoded stays as it is.
    String text = new String(bytes(), StandardCharsets.ISO_8859_1);
    while (text.startsWith(REASON)) {
      int end = text.indexOf('\n');
      text = end < 0 ? "" : text.substring(end + 1);
    }
    String line = REASON + reason.replaceAll("\\p{Cntrl}+", " ") + "\n";
    byte[] comment = line.getBytes(StandardCharsets.UTF_8);
    DraftFiles.replace(
        path,
        (new String(comment, StandardCharsets.ISO_8859_1) + text)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Makes sure that it can be recovered, also when it was sent or removed concurrently. */
  public void keep() {
    Path made = DraftFiles.basePath(path);
    if (!Files.exists(made)) {
      DraftFiles.replace(made, base.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Removes the draft: it was sent or discarded. */
  public void remove() {
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(DraftFiles.basePath(path));
    } catch (IOException e) {
      throw DraftFiles.failed(path, "cannot be removed", e);
    }
  }
}
