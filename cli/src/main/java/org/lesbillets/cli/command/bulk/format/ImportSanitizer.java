package org.lesbillets.cli.command.bulk.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.WireLimits;

/** Sanitizes foreign texts for a ticket, and notes what was lost. For one record. */
final class ImportSanitizer {
  private static final String ELLIPSIS = "…";
  private static final int HASH_DIGITS = 8;
  private static final int LONGEST_NAME = 64;

  private final List<String> notes = new ArrayList<>();

  /** The losses so far. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /** A text of one line, perhaps cut; "" if there is nothing in it. */
  String line(String what, String text, int limit) {
    String clean = clean(what, text, false).replaceAll("\\s+", " ").strip();
    if (clean.codePointCount(0, clean.length()) <= limit) {
      return clean;
    }
    notes.add(what + " is cut to " + limit + " characters");
    return clean.substring(0, clean.offsetByCodePoints(0, limit - 1)) + ELLIPSIS;
  }

  /** A text of many lines, perhaps cut. */
  String block(String what, String text) {
    String clean = clean(what, text.replace("\r\n", "\n").replace('\r', '\n'), true);
    byte[] utf8 = clean.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= WireLimits.TEXT_BYTES) {
      return clean;
    }
    notes.add(what + " is cut to " + WireLimits.TEXT_BYTES + " bytes, from " + utf8.length);
    int end = WireLimits.TEXT_BYTES;
    while ((utf8[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  /** Without control characters and half characters, which is noted. */
  private String clean(String what, String text, boolean lines) {
    if (MarkedText.markIn(text) >= 0) {
      notes.add("half characters of " + what + " are written U+FFFD");
    }
    if (text.codePoints().anyMatch(c -> isLost(c, lines))) {
      notes.add("control characters are left out of " + what);
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(clean, c, lines));
    return clean.toString();
  }

  /** Whether it is removed without a trace, unlike white space, which becomes a space. */
  private static boolean isLost(int c, boolean lines) {
    boolean space = lines ? c == '\n' || c == '\t' : c >= '\t' && c <= '\r' || c == '\u0085';
    return Character.isISOControl(c) && !space;
  }

  private static void append(StringBuilder clean, int c, boolean lines) {
    if (lines && (c == '\n' || c == '\t')) {
      clean.append((char) c);
    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      clean.append('\uFFFD');
    } else if (!Character.isISOControl(c) && (lines || c != 0x2028 && c != 0x2029)) {
      clean.appendCodePoint(c);
    } else if (!lines) {
      clean.append(' ');
    }
  }

  /** Tags that fit, each once. */
  List<String> tags(List<String> labels) {
    Set<String> tags = new LinkedHashSet<>();
    for (String label : labels) {
      tags.add(line("the label '" + label + "'", label, WireLimits.TAG));
    }
    tags.remove("");
    if (tags.size() > WireLimits.TAGS) {
      notes.add(
          "only the first " + WireLimits.TAGS + " of its " + tags.size() + " labels are kept");
    }
    return tags.stream().limit(WireLimits.TAGS).toList();
  }

  /**
   * The name of an agent. One that cannot be is written with what can, and with a part made of the
   * whole, so that different names stay different.
   */
  static String agent(String login) {
    if (AgentName.isValid(login)) {
      return login;
    }
    String hash = NameUuid.of("agent " + login).toString().substring(0, HASH_DIGITS);
    String plain =
        login.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|[._-]+$", "");
    int room = LONGEST_NAME - HASH_DIGITS - 1;
    String begin = plain.length() > room ? plain.substring(0, room) : plain;
    return begin.isEmpty() ? "agent-" + hash : begin + "-" + hash;
  }
}
