package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** File access for drafts: readable by their owner only, replaced atomically. Stateless. */
final class DraftFiles {
  static final String DRAFT = ".txt";
  private static final String BASE = ".base";
  private static final String NEW = ".new";
  private static final String OLD = ".old";

  private DraftFiles() {}

  /** Where it says what a draft was made from. */
  static Path basePath(Path draft) {
    String name = draft.getFileName().toString();
    return draft.resolveSibling(name.substring(0, name.length() - DRAFT.length()) + BASE);
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, mode("rwx------"));
      }
    } catch (IOException e) {
      throw failed(folder, "cannot be created", e);
    }
  }

  /** Creates an empty file of this name; false if there is one already. */
  static boolean create(Path file) {
    try {
      Files.createFile(file, mode("rw-------"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failed(file, "cannot be created", e);
    }
  }

  /** Replaces a file atomically. */
  static void replace(Path file, byte[] bytes) {
    Path fresh = file.resolveSibling(file.getFileName() + NEW);
    try {
      Files.deleteIfExists(fresh);
      create(fresh);
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(file, "cannot be written", e);
    }
  }

  /**
   * Gives a file a name under which it is not found as a draft any more.
   *
   * @return where it is then
   */
  static Path setAside(Path file) {
    String name = file.getFileName() + OLD;
    Path aside = file.resolveSibling(name);
    for (int n = 2; Files.exists(aside); n++) {
      aside = file.resolveSibling(name + "-" + n);
    }
    try {
      return Files.move(file, aside);
    } catch (IOException e) {
      throw failed(file, "cannot be renamed", e);
    }
  }

  static UncheckedIOException failed(Path path, String what, IOException cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String detail = why.equals(path.toString()) ? cause.getClass().getSimpleName() : why;
    return new UncheckedIOException(
        "the draft " + path + " " + what + " (" + detail + "): check the folder and its disk",
        cause);
  }
}
