package org.lesbillets.cli.startup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesbillets.cli.command.UsageException;

/**
 * The arguments as they were typed. Under a locale other than UTF-8 (without the launcher, or when
 * there is no such locale) Java decodes every byte beyond ASCII to U+FFFD; the bytes are still in
 * /proc. Stateless.
 */
public final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * @param tail whether the words behind {@code --} may be malformed, since the launcher's shell
   *     has their bytes
   * @throws UsageException if the arguments cannot be recovered
   */
  public static String[] of(String[] args, boolean tail) {
    int end = tail ? Arrays.asList(args).indexOf("--") : -1;
    String[] own = end < 0 ? args : Arrays.copyOf(args, end);
    if (!isSpoilt(String.join("", own))) {
      return args;
    }
    try {
      return recovered(args, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private static boolean isSpoilt(String arg) {
    return arg.indexOf('\uFFFD') >= 0;
  }

  /**
   * @param commandLine what the process was started with, each part ended by a zero byte; the
   *     arguments are its last parts
   */
  static String[] recovered(String[] args, byte[] commandLine) {
    List<String> parts = parts(commandLine);
    if (parts.size() < args.length) {
      throw unreadable();
    }
    List<String> typed = parts.subList(parts.size() - args.length, parts.size());
    for (int i = 0; i < args.length; i++) {
      if (!isSpoilt(args[i]) && !args[i].equals(typed.get(i))) {
        throw unreadable();
      }
    }
    return typed.toArray(String[]::new);
  }

  private static List<String> parts(byte[] commandLine) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        parts.add(decoded(ByteBuffer.wrap(commandLine, start, i - start)));
        start = i + 1;
      }
    }
    return parts;
  }

  private static String decoded(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw unreadable();
    }
  }

  private static UsageException unreadable() {
    return new UsageException(
        "the arguments are no UTF-8 text, or the locale hides it: try with LC_ALL=C.UTF-8 set");
  }
}
