package org.lesbillets.cli.tui.terminal;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the environment says about the terminal. Immutable; any thread.
 *
 * @param present whether input and output are a terminal
 * @param colour whether tones are painted; else only bold, dim, underlined and reversed are used
 * @param charset of input and output
 */
public record TerminalTraits(boolean present, boolean colour, Charset charset) {
  private static final String DUMB = "dumb";

  public TerminalTraits {
    Objects.requireNonNull(charset, "charset");
  }

  /** Reads TERM, NO_COLOR and the locale. */
  public static TerminalTraits of(boolean present, Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty() && !term.isEmpty() && !term.equals(DUMB);
    return new TerminalTraits(present, colour, charset(environment));
  }

  /** Whether it can show every character; if not, lines and glyphs are drawn in ASCII. */
  public boolean utf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /** A copy with colour on or off. */
  public TerminalTraits withColour(boolean wanted) {
    return new TerminalTraits(present, wanted, charset);
  }

  private static Charset charset(Map<String, String> environment) {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("");
    // Some set the charset alone, as in LC_CTYPE=UTF-8.
    String charset =
        locale.equalsIgnoreCase("UTF-8")
            ? locale
            : locale.replaceFirst("^[^.]*\\.?", "").replaceFirst("@.*", "");
    try {
      // A locale without a charset is C, or decades old.
      return charset.isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(charset);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.US_ASCII;
    }
  }
}
