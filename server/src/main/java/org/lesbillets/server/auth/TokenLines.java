package org.lesbillets.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * The parsed tokens file. Empty lines and comment lines ({@code #}) are kept in place. Immutable.
 *
 * @param lines of the file
 * @param entries parsed from the lines, in their order; names are unique
 */
record TokenLines(List<String> lines, List<TokenEntry> entries) {
  private static final String FIRST_LINE =
      "# Tokens of Les Billets, as hashes: name, role, SHA-256, created."
          + " Change it with 'billets-server token'.";

  static TokenLines empty() {
    return new TokenLines(List.of(FIRST_LINE), List.of());
  }

  /**
   * Reads the file; a missing one is {@linkplain #empty() empty}.
   *
   * @throws TokenException if it cannot be read, or a line of it is no entry
   */
  static TokenLines read(Path file) {
    PrivateFiles.objection(file, false).ifPresent(TokenLines::refuse);
    try {
      return parse(Files.readAllLines(file), file);
    } catch (NoSuchFileException e) {
      return empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static void refuse(String objection) {
    throw new TokenException("The tokens cannot be trusted: " + objection);
  }

  static TokenException unreadable(Path file, IOException cause) {
    return new TokenException(
        "The tokens file %s cannot be read (%s): make it readable."
            .formatted(file, FileErrorMessages.why(cause)),
        cause);
  }

  /**
   * The entries of the lines that can be read, for a file that {@link #read} refuses; without names
   * that have several lines.
   */
  static List<TokenEntry> intact(Path file) {
    Map<AgentName, List<TokenEntry>> byName = new LinkedHashMap<>();
    for (String line : readableLines(file)) {
      try {
        TokenEntry entry = TokenEntry.parse(line);
        byName.computeIfAbsent(entry.name(), name -> new ArrayList<>()).add(entry);
      } catch (IllegalArgumentException e) {
        // A comment, or damaged: this line vouches for no token.
      }
    }
    return byName.values().stream()
        .filter(entries -> entries.size() == 1)
        .map(entries -> entries.get(0))
        .toList();
  }

  private static List<String> readableLines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static TokenLines parse(List<String> lines, Path file) {
    List<TokenEntry> entries = new ArrayList<>();
    Set<AgentName> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (isComment(line)) {
        continue;
      }
      try {
        TokenEntry entry = TokenEntry.parse(line);
        if (!names.add(entry.name())) {
          throw new IllegalArgumentException(
              TokenEntry.shown(entry.name().value()) + " has a line already");
        }
        entries.add(entry);
      } catch (IllegalArgumentException e) {
        throw new TokenException(
            "Line %s of the tokens file %s is damaged (%s): mend or remove it."
                .formatted(i + 1, file, e.getMessage()),
            e);
      }
    }
    return new TokenLines(List.copyOf(lines), List.copyOf(entries));
  }

  Optional<TokenEntry> find(AgentName name) {
    return first(entry -> entry.name().equals(name));
  }

  /** The server's own entry. */
  Optional<TokenEntry> local() {
    return first(TokenEntry::local);
  }

  private Optional<TokenEntry> first(Predicate<TokenEntry> wanted) {
    return entries.stream().filter(wanted).findFirst();
  }

  TokenLines with(TokenEntry entry) {
    List<String> longer = new ArrayList<>(lines);
    longer.add(entry.line());
    List<TokenEntry> more = new ArrayList<>(entries);
    more.add(entry);
    return new TokenLines(List.copyOf(longer), List.copyOf(more));
  }

  TokenLines without(AgentName name) {
    return new TokenLines(
        lines.stream().filter(line -> !isOf(name, line)).toList(),
        entries.stream().filter(entry -> !entry.name().equals(name)).toList());
  }

  private static boolean isComment(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#");
  }

  private static boolean isOf(AgentName name, String line) {
    return !isComment(line) && TokenEntry.parse(line).name().equals(name);
  }

  byte[] bytes() {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
