package org.lesbillets.model.place;

/** Thrown where a file belongs below the home directory, and this user has none. */
public final class NoHomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoHomeException() {
    super(
        "there is no home directory: HOME is no absolute path, and this user has no entry in the"
            + " list of users that names one: set HOME");
  }
}
