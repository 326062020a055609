package org.lesbillets.cli.startup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.command.UsageException;

class RawArgumentsTest {
  private static final String[] SPOILT = {"create", "--title", "\uFFFD\uFFFDcran", ""};

  private static byte[] commandLine(String text, Charset charset) {
    return text.replace('|', '\0').getBytes(charset);
  }

  @Test
  void argumentsThatCameWellStayAsTheyAre() {
    String[] args = {"create", "--title", "Écran"};
    assertSame(args, RawArguments.of(args, false));
  }

  @Test
  void whatIsHandedOnMayBeAnything() {
    String[] args = {"lock", "1", "--", "printf", "\uFFFD"};
    assertSame(args, RawArguments.of(args, true));
    assertThrows(UsageException.class, () -> RawArguments.of(args, false));
  }

  @Test
  void spoiltOnesAreReadAgain() {
    byte[] line = commandLine("java|-cp|x|Main|create|--title|Écran||", StandardCharsets.UTF_8);
    assertArrayEquals(
        new String[] {"create", "--title", "Écran", ""}, RawArguments.recovered(SPOILT, line));
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] line = commandLine("java|create|--title|Écran||", StandardCharsets.ISO_8859_1);
    assertThrows(UsageException.class, () -> RawArguments.recovered(SPOILT, line));
  }

  @Test
  void aCommandLineOfSomethingElseIsRefused() {
    byte[] other = commandLine("java|change|--title|Écran||", StandardCharsets.UTF_8);
    byte[] little = commandLine("Écran|", StandardCharsets.UTF_8);
    assertThrows(UsageException.class, () -> RawArguments.recovered(SPOILT, other));
    assertThrows(UsageException.class, () -> RawArguments.recovered(SPOILT, little));
  }
}
