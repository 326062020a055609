package org.lesbillets.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In-memory cache of the tokens, from which handshakes are authorized. Any thread; reads are
 * lock-free. The version of the {@link TokenStore} is polled at most every 250 ms, and it is read
 * when that changed. Bounded by the store.
 *
 * <p>Fails closed: while the store cannot be read, or a part of it is damaged, no token is known
 * and {@link #trouble} says why. When the next poll fails too, only its intact tokens {@linkplain
 * #stillValid stay valid}, since the revocation of others cannot be ruled out.
 *
 * <p>The table is keyed by a keyed hash (HMAC) of each token's hash, under a random key of this
 * process: the time of a look-up tells nothing about the hashes in the store. The hash itself is
 * then compared in constant time.
 */
public final class TokenBook {
  private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /** Above the length of our tokens: longer texts are not hashed. */
  private static final int LONGEST_TOKEN = 256;

  private static final String HMAC = "HmacSHA256";

  private final TokenStore store;
  private final LongSupplier nanos;
  private final AtomicBoolean changed = new AtomicBoolean();
  private final SecretKeySpec blinding = new SecretKeySpec(randomKey(), HMAC);
  private volatile Map<String, TokenEntry> byKey;
  private volatile Set<Identity> valid;
  private volatile String trouble;
  private Object version;
  private long lookedAt;
  private long failedAt;

  private TokenBook(TokenStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.version = store.version();
    use(store.list());
  }

  private static byte[] randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * The tokens of a store.
   *
   * @throws TokenException if they cannot be read: there is no last good state at startup
   */
  public static TokenBook open(TokenStore store) {
    return open(store, System::nanoTime);
  }

  /**
   * The tokens of a store.
   *
   * @param nanos a clock that never jumps
   */
  static TokenBook open(TokenStore store, LongSupplier nanos) {
    return new TokenBook(store, nanos);
  }

  /**
   * The owner of a token, from memory.
   *
   * @param bearerToken as received, or null
   */
  public Optional<Identity> identify(String bearerToken) {
    look();
    return known(bearerToken);
  }

  /** The same, after a look at the store: a script may use a token right after it was added. */
  public Optional<Identity> identifyFresh(String bearerToken) {
    Optional<Identity> known = identify(bearerToken);
    if (known.isPresent()) {
      return known;
    }
    lookNow();
    return known(bearerToken);
  }

  private Optional<Identity> known(String bearerToken) {
    if (trouble != null || bearerToken == null || bearerToken.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    String hash = TokenEntry.hashOf(bearerToken);
    TokenEntry entry = byKey.get(blinded(hash));
    return entry != null
            && MessageDigest.isEqual(entry.hash().getBytes(UTF_8), hash.getBytes(UTF_8))
        ? Optional.of(entry.identity())
        : Optional.empty();
  }

  /** The table's key for a hash. */
  String blinded(String hash) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(blinding);
      return HexFormat.of().formatHex(mac.doFinal(hash.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** A sentence while the store cannot be used; no token is known then. */
  public Optional<String> trouble() {
    look();
    return Optional.ofNullable(trouble);
  }

  /**
   * Polls the store; to be called a few times a second.
   *
   * @return whether the tokens changed since the last call: {@link #stillValid} must be asked again
   */
  public boolean refresh() {
    look();
    return changed.getAndSet(false);
  }

  /**
   * Whether the identity's token still exists, with the same name and role; false also when that
   * could not be read from the store twice in a row.
   */
  public boolean stillValid(Identity identity) {
    return valid.contains(identity);
  }

  private synchronized void look() {
    long now = nanos.getAsLong();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      lookNow();
    }
  }

  /** Reads the store if its version changed. */
  private synchronized void lookNow() {
    try {
      Object present = store.version();
      if (!present.equals(version) || trouble != null) {
        use(store.list());
        version = present;
      }
      if (trouble != null) {
        trouble = null;
        LOG.info("The tokens can be read again");
      }
    } catch (TokenException e) {
      failed(e.getMessage());
    }
  }

  private void failed(String sentence) {
    if (trouble == null) {
      failedAt = nanos.getAsLong();
      LOG.warn("No client is admitted: {}", sentence);
    } else if (nanos.getAsLong() - failedAt >= LOOK_NANOS) {
      stayValid(store.intact());
    }
    trouble = sentence;
  }

  private void use(List<TokenEntry> entries) {
    Map<String, TokenEntry> found = new HashMap<>();
    entries.forEach(entry -> found.put(blinded(entry.hash()), entry));
    byKey = Map.copyOf(found);
    stayValid(entries);
  }

  private static List<Identity> difference(Set<Identity> of, Set<Identity> without) {
    return of.stream()
        .filter(identity -> !without.contains(identity))
        .sorted(Comparator.comparing(identity -> identity.name().value()))
        .toList();
  }

  private static String words(Identity identity) {
    return identity.name() + ", " + identity.role().wireName();
  }

  private void stayValid(List<TokenEntry> entries) {
    Set<Identity> identities =
        entries.stream().map(TokenEntry::identity).collect(Collectors.toUnmodifiableSet());
    if (valid != null && !identities.equals(valid)) {
      changed.set(true);
      difference(valid, identities).forEach(one -> LOG.info("A token ended: {}", words(one)));
      difference(identities, valid).forEach(one -> LOG.info("A new token: {}", words(one)));
    }
    valid = identities;
  }
}
