package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.command.UsageException;

class TypedArgumentsTest {
  private static final String[] SPOILT = {"create", "--title", "\uFFFD\uFFFDcran", ""};

  private static byte[] commandLine(String text, Charset charset) {
    return text.replace('|', '\0').getBytes(charset);
  }

  @Test
  void argumentsThatCameWellStayAsTheyAre() {
    String[] args = {"create", "--title", "Écran"};
    assertSame(args, TypedArguments.of(args, false));
  }

  @Test
  void whatIsHandedOnMayBeAnything() {
    String[] args = {"lock", "1", "--", "printf", "\uFFFD"};
    assertSame(args, TypedArguments.of(args, true));
    assertThrows(UsageException.class, () -> TypedArguments.of(args, false));
  }

  @Test
  void spoiltOnesAreReadAgain() {
    byte[] line = commandLine("java|-cp|x|Main|create|--title|Écran||", StandardCharsets.UTF_8);
    assertArrayEquals(
        new String[] {"create", "--title", "Écran", ""}, TypedArguments.recovered(SPOILT, line));
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] line = commandLine("java|create|--title|Écran||", StandardCharsets.ISO_8859_1);
    assertThrows(UsageException.class, () -> TypedArguments.recovered(SPOILT, line));
  }

  @Test
  void aCommandLineOfSomethingElseIsRefused() {
    byte[] other = commandLine("java|change|--title|Écran||", StandardCharsets.UTF_8);
    byte[] little = commandLine("Écran|", StandardCharsets.UTF_8);
    assertThrows(UsageException.class, () -> TypedArguments.recovered(SPOILT, other));
    assertThrows(UsageException.class, () -> TypedArguments.recovered(SPOILT, little));
  }
}
