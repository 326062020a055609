package org.lesbillets.server.auth;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/** Makes tokens, and the entries that a {@link TokenStore} keeps of them. Any thread. */
public final class TokenMint {
  private static final String PREFIX = "blt_";
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST_STEM = 50;

  private final RandomGenerator random;
  private final InstantSource clock;

  public TokenMint() {
    this(new SecureRandom(), InstantSource.system());
  }

  TokenMint(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** A new token: {@code blt_} and 43 characters that are safe in a header and in a shell. */
  public String token() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * What is kept of a token.
   *
   * @param local whether it is a server's own
   */
  public TokenEntry entry(AgentName name, Role role, String token, boolean local) {
    return new TokenEntry(
        name,
        role,
        TokenEntry.hashOf(token),
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        local);
  }

  /** The wanted name, or one that begins with it. */
  public static AgentName freeName(AgentName wanted, Predicate<AgentName> isTaken) {
    String stem = wanted.value().substring(0, Math.min(wanted.value().length(), LONGEST_STEM));
    AgentName name = wanted;
    for (int i = 1; isTaken.test(name); i++) {
      name = new AgentName(stem + (i == 1 ? "-local" : "-local" + i));
    }
    return name;
  }
}
