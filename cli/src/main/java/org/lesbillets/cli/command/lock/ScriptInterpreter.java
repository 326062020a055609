package org.lesbillets.cli.command.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * The interpreter that the first line of a script names, {@code #!/bin/sh} or {@code #!/usr/bin/env
 * python3}. Stateless; reads 256 bytes, as Linux does.
 */
final class ScriptInterpreter {
  private static final String MARK = "#!";
  private static final int LINE = 256;
  private static final String BLANKS = "[ \t]+";
  private static final String SPLIT = "-S";

  private ScriptInterpreter() {}

  /**
   * What the first line of a script names, and cannot be run.
   *
   * @param isProgram whether a name, or path, is that of a program
   * @return null if it can be run, or that is not known, or the file is no script
   */
  static String missing(Path script, Predicate<String> isProgram) {
    List<String> words = firstLine(script);
    if (words.isEmpty() || !isProgram.test(words.get(0))) {
      return words.isEmpty() ? null : words.get(0);
    }
    if (words.size() < 2 || !words.get(0).endsWith("/env")) {
      return null;
    }
    String name = ofEnv(words.get(1));
    return name == null || isProgram.test(name) ? null : name;
  }

  /** The program that env is to run; null where its options leave that open. */
  private static String ofEnv(String argument) {
    boolean splits = argument.startsWith(SPLIT);
    List<String> words =
        splits
            ? List.of(argument.substring(SPLIT.length()).strip().split(BLANKS))
            : List.of(argument);
    return words.stream()
        .filter(word -> !word.contains("="))
        .findFirst()
        .filter(word -> !word.isEmpty() && !word.startsWith("-"))
        .orElse(null);
  }

  /** The interpreter and its one argument, if there is one. */
  private static List<String> firstLine(Path script) {
    String start;
    try (InputStream in = Files.newInputStream(script)) {
      start = new String(in.readNBytes(LINE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
    String line = start.lines().findFirst().orElse("");
    String rest = line.startsWith(MARK) ? line.substring(MARK.length()).strip() : "";
    return rest.isEmpty() ? List.of() : List.of(rest.split(BLANKS, 2));
  }
}
