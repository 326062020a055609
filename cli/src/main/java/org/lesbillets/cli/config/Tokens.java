package org.lesbillets.cli.config;

import java.util.regex.Pattern;
import org.lesbillets.cli.client.ConnectionException;

/** What all sources of tokens share. Stateless; any thread. */
final class Tokens {
  /** What fits into a header. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

  private Tokens() {}

  /**
   * @param the source, for the sentence, which never repeats the token
   * @throws ConnectionException if it is no token
   */
  static String checked(String token, String what) {
    if (!TOKEN.matcher(token).matches()) {
      throw missing(what + " is no token: a token is one word", null);
    }
    return token;
  }

  static ConnectionException missing(String sentence, Throwable cause) {
    return new ConnectionException(ConnectionException.Kind.UNAUTHORIZED, sentence, cause);
  }
}
