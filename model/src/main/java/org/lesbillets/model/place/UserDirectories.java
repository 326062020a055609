package org.lesbillets.model.place;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The directories of one user, as HOME and the XDG base directories name them. A relative path
 * would be another directory from each working directory: it counts as none. Immutable; nothing is
 * looked for before it is asked for.
 *
 * @param environment the variables of the process
 * @param accountHome the home directory of the user's account; null where there is none
 */
public record UserDirectories(Map<String, String> environment, Path accountHome) {
  private static final String PROGRAM = "billets";
  private static final String HOME_PREFIX = "~/";

  public UserDirectories {
    environment = Map.copyOf(environment);
  }

  /** Those of the user that runs this process. */
  public static UserDirectories ofProcess() {
    return new UserDirectories(System.getenv(), homeOfAccount());
  }

  /** The home directory that the system has for the user of this process; null for none. */
  public static Path homeOfAccount() {
    return absolute(System.getProperty("user.home"));
  }

  /**
   * {@code $HOME}, else that of the account.
   *
   * @throws NoHomeException if there is none
   */
  public Path home() {
    Path home = absolute(environment.get("HOME"));
    if (home != null) {
      return home;
    }
    if (accountHome == null || !accountHome.isAbsolute()) {
      throw new NoHomeException();
    }
    return accountHome;
  }

  /**
   * Where people write what they want.
   *
   * @throws NoHomeException if it is below a home directory that there is not
   */
  public Path config() {
    Path base = absolute(environment.get("XDG_CONFIG_HOME"));
    return (base == null ? home().resolve(".config") : base).resolve(PROGRAM);
  }

  /**
   * What outlives a program, but is nothing that people write.
   *
   * @throws NoHomeException if it is below a home directory that there is not
   */
  public Path state() {
    Path base = absolute(environment.get("XDG_STATE_HOME"));
    return (base == null ? home().resolve(".local").resolve("state") : base).resolve(PROGRAM);
  }

  /**
   * The data directory of this user's own server.
   *
   * @throws NoHomeException if it is below a home directory that there is not
   */
  public Path serverData() {
    return state().resolve("server");
  }

  /**
   * A path as people write it, {@code ~/} being the home directory.
   *
   * @throws NoHomeException if it begins with that, and there is none
   * @throws InvalidPathException if it is no path
   */
  public Path path(String text) {
    return text.startsWith(HOME_PREFIX)
        ? home().resolve(text.substring(HOME_PREFIX.length()))
        : Path.of(text);
  }

  private static Path absolute(String text) {
    return text != null && text.startsWith("/") ? Path.of(text) : null;
  }
}
