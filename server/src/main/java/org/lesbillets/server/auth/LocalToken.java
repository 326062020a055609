package org.lesbillets.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * The file {@code local.token} of a data directory: an admin token for the operating system's user
 * that runs the server, readable by that user only. Written at startup, by the process that holds
 * the lock of the directory. Stateless.
 */
public final class LocalToken {
  private static final String FILE_NAME = "local.token";
  private static final AgentName FALLBACK = new AgentName("admin");

  private LocalToken() {}

  /**
   * Creates the token when its file, or the store of tokens, is missing. A revoked local token
   * stays revoked as long as its file exists.
   *
   * @param user the operating system's name of the user that runs the server
   * @return the file
   * @throws TokenException if it cannot be written
   */
  public static Path ensure(TokenStore store, Path directory, String user) {
    Path file = directory.resolve(FILE_NAME);
    try {
      if (!Files.exists(file) || !store.exists()) {
        PrivateFiles.replace(file, (store.addLocal(name(user)) + "\n").getBytes(UTF_8));
      }
      return file;
    } catch (IOException e) {
      throw new TokenException(
          "The local token %s cannot be written (%s): make its directory writable."
              .formatted(file, FileErrorMessages.why(e)),
          e);
    }
  }

  /** The agent name closest to the user's name, or "admin" if none of its characters fit. */
  static AgentName name(String user) {
    String text =
        user.replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[^A-Za-z0-9]+", "")
            .replaceAll("-+$", "");
    String name = text.substring(0, Math.min(64, text.length()));
    return AgentName.isValid(name) ? new AgentName(name) : FALLBACK;
  }
}
