package org.lesbillets.cli.client.transport;

import java.nio.ByteBuffer;

/**
 * SHA-1 (FIPS 180-4) for the one field of a handshake, which is no secret. The lookup of the JDK's
 * implementation would load all of its security providers, which takes longer than the round trip.
 * Stateless; any thread.
 */
final class Sha1 {
  private static final int BLOCK_BYTES = 64;
  private static final int ROUNDS = 80;
  private static final int[] START = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

  private Sha1() {}

  static byte[] digest(byte[] message) {
    ByteBuffer padded = padded(message);
    int[] state = START.clone();
    while (padded.hasRemaining()) {
      add(state, expanded(padded));
    }
    ByteBuffer digest = ByteBuffer.allocate(state.length * Integer.BYTES);
    for (int word : state) {
      digest.putInt(word);
    }
    return digest.array();
  }

  /** Padding: a one bit and zeros up to a whole block, which ends with the length in bits. */
  private static ByteBuffer padded(byte[] message) {
    int least = message.length + 1 + Long.BYTES;
    int whole = (least + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    ByteBuffer padded = ByteBuffer.allocate(whole).put(message).put((byte) 0x80);
    return padded.putLong(whole - Long.BYTES, message.length * 8L).rewind();
  }

  private static int[] expanded(ByteBuffer block) {
    int[] words = new int[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      words[i] =
          i < 16
              ? block.getInt()
              : Integer.rotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    }
    return words;
  }

  private static void add(int[] state, int[] words) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    for (int i = 0; i < ROUNDS; i++) {
      int next = Integer.rotateLeft(a, 5) + mixed(i, b, c, d) + e + words[i];
      e = d;
      d = c;
      c = Integer.rotateLeft(b, 30);
      b = a;
      a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }

  /** The function of this round and its constant, already added. */
  private static int mixed(int round, int b, int c, int d) {
    return switch (round / 20) {
      case 0 -> (b & c | ~b & d) + 0x5a827999;
      case 1 -> (b ^ c ^ d) + 0x6ed9eba1;
      case 2 -> (b & c | b & d | c & d) + 0x8f1bbcdc;
      default -> (b ^ c ^ d) + 0xca62c1d6;
    };
  }
}
