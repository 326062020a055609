package org.lesbillets.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.WireNamed;

/**
 * One line of the tokens file: name, role, hash and time of creation, separated by spaces, and a
 * final {@code local} for the server's own token. Immutable.
 *
 * @param hash of the token: SHA-256, 64 hexadecimal digits in lower case
 * @param created to the second
 */
public record TokenEntry(AgentName name, Role role, String hash, Instant created, boolean local) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_SHOWN = 24;
  private static final String LOCAL = "local";

  public TokenEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(created, "created");
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("a hash is 64 hexadecimal digits");
    }
  }

  /** The owner of this entry's token. */
  public Identity identity() {
    return new Identity(name, role, hash.substring(0, 16));
  }

  /** SHA-256 in hexadecimal: 256 random bits need neither a salt nor a slow hash. */
  static String hashOf(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String line() {
    String line = name + " " + role.wireName() + " " + hash + " " + created;
    return local ? line + " " + LOCAL : line;
  }

  /**
   * @throws IllegalArgumentException if the line is no entry; the message says why
   */
  static TokenEntry parse(String line) {
    String[] words = line.strip().split("\\s+");
    if (words.length < 4 || words.length > 5 || words.length == 5 && !words[4].equals(LOCAL)) {
      throw new IllegalArgumentException("a line is: name role hash time");
    }
    Role role =
        role(words[1])
            .orElseThrow(() -> new IllegalArgumentException(shown(words[1]) + " is no role"));
    return new TokenEntry(
        new AgentName(words[0]), role, words[2], time(words[3]), words.length == 5);
  }

  /** A damaged line may have its hash anywhere, which no message repeats. */
  static String shown(String word) {
    return word.length() <= LONGEST_SHOWN
        ? "'" + word + "'"
        : "a word of " + word.length() + " characters";
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(shown(text) + " is no time", e);
    }
  }

  /** The role of this name on the wire. */
  public static Optional<Role> role(String wireName) {
    return Optional.ofNullable(WireNamed.find(Role.values(), wireName));
  }
}
