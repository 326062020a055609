package org.lesbillets.model.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.lesbillets.model.message.ClientMessage;

/**
 * Hash of a change without its request id, idempotency key and wait: tells a retry from another
 * request under the same key. A retry waits for what is left of the time. Stateless; any thread.
 */
public final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  /** 32 hexadecimal digits over all a change says except its ids and how long it waits. */
  public static String of(ClientMessage.Change change) {
    String json = MessageCodec.encode(withoutWait(change).identified("", null));
    byte[] digest = sha256().digest(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
  }

  private static ClientMessage.Change withoutWait(ClientMessage.Change change) {
    return change instanceof ClientMessage.WaitableChange waits ? waits.queued(null) : change;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
