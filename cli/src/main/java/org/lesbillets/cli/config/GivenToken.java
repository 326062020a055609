package org.lesbillets.cli.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lesbillets.cli.client.TokenSource;

/** A token from the environment. Immutable. */
record GivenToken(String text, String origin) implements TokenSource {
  private static final int ENOUGH_BYTES = 12;

  @Override
  public String token() {
    return Tokens.checked(text, "what " + origin + " holds");
  }

  @Override
  public String identity() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "token " + HexFormat.of().formatHex(digest, 0, ENOUGH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not the token. */
  @Override
  public String toString() {
    return origin;
  }
}
