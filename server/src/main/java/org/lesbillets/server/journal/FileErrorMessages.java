package org.lesbillets.server.journal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The reasons of file errors, in words for the server's operator. Pure; any thread. */
public final class FileErrorMessages {
  private FileErrorMessages() {}

  /** The reason, to be embedded in a sentence that names the file. */
  public static String why(IOException trouble) {
    if (trouble instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (trouble instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (trouble instanceof FileAlreadyExistsException other) {
      return other.getFile() + " is something else";
    }
    if (trouble instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    String reason =
        trouble instanceof FileSystemException ofFile ? ofFile.getReason() : trouble.getMessage();
    return reason == null ? "for no reason the system tells" : reason;
  }
}
