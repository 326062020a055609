package org.lesbillets.cli.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTraitsTest {

  /** The variables of a row, {@code NAME=value} each. */
  private static TerminalTraits traits(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst("^[^=]*=", ""));
    }
    return TerminalTraits.of(true, environment);
  }

  @ParameterizedTest
  @CsvSource({
    "LANG=C.UTF-8, UTF-8",
    "LANG=de_DE.utf8, UTF-8",
    "LANG=de_DE.ISO-8859-15@euro, ISO-8859-15",
    "LANG=ja_JP.eucJP, EUC-JP",
    "LANG=C LC_CTYPE=fr_FR.UTF-8, UTF-8",
    "LANG=fr_FR.UTF-8 LC_CTYPE=C, US-ASCII",
    "LANG=C LC_CTYPE=C LC_ALL=fr_FR.UTF-8, UTF-8",
    "LANG=fr_FR.UTF-8 LC_CTYPE= LC_ALL=, UTF-8",
    "LANG=fr_FR, US-ASCII",
    "LANG=POSIX, US-ASCII",
    "LANG=fr_FR.no-such-thing, US-ASCII",
    "LANG=fr_FR.?!, US-ASCII",
    "TERM=xterm, US-ASCII",
  })
  void theLocaleNamesTheCharset(String variables, String charset) {
    TerminalTraits traits = traits(variables);
    assertEquals(Charset.forName(charset), traits.charset());
    assertEquals(charset.equals("UTF-8"), traits.utf8());
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, true",
    "TERM=xterm NO_COLOR=, true",
    "TERM=xterm NO_COLOR=1, false",
    "TERM=dumb, false",
    "TERM=, false",
    "LANG=C, false",
  })
  void colourIsForTerminalsThatCan(String variables, boolean colour) {
    assertEquals(colour, traits(variables).colour());
    assertEquals(!colour, traits(variables).withColour(!colour).colour());
  }
}
