package org.lesbillets.cli.tui.terminal;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is known of the terminal before a byte is written to it. Immutable; any thread.
 *
 * @param present whether there is one at all, to read from and to write to
 * @param colour whether tones are painted; else there are only bold, dim, underlined and reversed
 * @param charset of what is read and written
 */
public record TerminalTraits(boolean present, boolean colour, Charset charset) {
  private static final String DUMB = "dumb";

  public TerminalTraits {
    Objects.requireNonNull(charset, "charset");
  }

  /** What the environment says. */
  public static TerminalTraits of(boolean present, Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty() && !term.isEmpty() && !term.equals(DUMB);
    return new TerminalTraits(present, colour, charset(environment));
  }

  /** Whether it can show every character; else lines and glyphs are better drawn in ASCII. */
  public boolean utf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /** The same with colour as somebody wishes. */
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
    // Some name the charset alone, as in LC_CTYPE=UTF-8.
    String charset =
        locale.equalsIgnoreCase("UTF-8")
            ? locale
            : locale.replaceFirst("^[^.]*\\.?", "").replaceFirst("@.*", "");
    try {
      // A locale that names no charset is C, or from long ago.
      return charset.isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(charset);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.US_ASCII;
    }
  }
}
