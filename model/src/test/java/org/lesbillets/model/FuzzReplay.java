package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Replays a fuzz target in the build: every input of its corpus ({@code src/fuzz/corpus/NAME}, in
 * which what a fuzzer found once stays), and some thousands of random mutations of them. For one
 * thread.
 */
public final class FuzzReplay {
  private static final int MUTATIONS = 3_000;
  private static final int MOST_EDITS = 6;

  private FuzzReplay() {}

  /**
   * @param name the simple name of the target's class
   */
  public static void run(String name, Consumer<byte[]> target) throws Exception {
    run(name, target, MUTATIONS);
  }

  /**
   * @param mutations how many random ones are played, for a target that is slow
   */
  public static void run(String name, Consumer<byte[]> target, int mutations) throws Exception {
    List<byte[]> corpus = corpus(Path.of("src", "fuzz", "corpus", name));
    assertFalse(corpus.isEmpty(), "no corpus of " + name);
    corpus.forEach(input -> play(target, input));
    SeededTest.run(
        random -> {
          for (int n = 0; n < mutations; n++) {
            play(target, mutated(corpus, random));
          }
        });
  }

  private static void play(Consumer<byte[]> target, byte[] input) {
    try {
      target.accept(input);
    } catch (RuntimeException | AssertionError e) {
      String hex = HexFormat.of().formatHex(input);
      throw new AssertionError("input " + hex + ": " + e, e);
    }
  }

  private static List<byte[]> corpus(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<byte[]> inputs = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
      return inputs;
    }
  }

  /** An input with bytes changed, inserted, removed, or with a part of another input. */
  private static byte[] mutated(List<byte[]> corpus, Random random) {
    byte[] input = corpus.get(random.nextInt(corpus.size()));
    for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
      int at = random.nextInt(input.length + 1);
      int end = Math.min(input.length, at + random.nextInt(4));
      input =
          switch (random.nextInt(4)) {
            case 0 -> joined(input, at, random(random, end - at), end);
            case 1 -> joined(input, at, random(random, 1 + random.nextInt(4)), at);
            case 2 -> joined(input, at, new byte[0], end);
            default ->
                joined(input, at, part(corpus.get(random.nextInt(corpus.size())), random), end);
          };
    }
    return input;
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] part(byte[] other, Random random) {
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(32)));
  }

  private static byte[] joined(byte[] input, int head, byte[] middle, int tail) {
    byte[] all = Arrays.copyOf(input, head + middle.length + input.length - tail);
    System.arraycopy(middle, 0, all, head, middle.length);
    System.arraycopy(input, tail, all, head + middle.length, input.length - tail);
    return all;
  }
}
