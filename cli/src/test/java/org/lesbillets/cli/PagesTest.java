package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All Markdown pages: their links lead somewhere, each is reached, what they quote is in the code.
 */
class PagesTest {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern QUOTE = Pattern.compile("\\| `([^`]+)` \\|");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(TOP);
        Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(pages::add);
    }
    return pages;
  }

  /** The text without its code, in which brackets are no links. */
  private static String prose(Path page) throws IOException {
    return Files.readString(page)
        .replaceAll("(?ms)^```.*?^```$", "")
        .replaceAll("(?m)^    .*$", "")
        .replaceAll("`[^`\n]*`", "");
  }

  private static List<String> links(Path page) throws IOException {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(prose(page));
    while (link.find()) {
      String target = link.group(1) == null ? link.group(2) : link.group(1);
      if (!target.matches("[a-z]+:.*")) {
        links.add(target);
      }
    }
    return links;
  }

  private static Path target(Path page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }

  /** The anchors that a forge makes of the headings. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String line : Files.readAllLines(page)) {
      if (line.matches("#+ .*")) {
        String heading = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
        anchors.add(heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
      }
    }
    return anchors;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        Path target = target(page, link);
        String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
        if (!Files.exists(target) || !anchor.isEmpty() && !anchors(target).contains(anchor)) {
          broken.add(TOP.relativize(page) + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** From the index by question; and that is reached from the README. */
  @Test
  void everyPageIsReached() throws IOException {
    assertTrue(links(TOP.resolve("README.md")).contains("docs/README.md"));
    Set<Path> reached = new TreeSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(TOP.resolve("docs/README.md")));
    while (!next.isEmpty()) {
      Path page = next.remove();
      if (page.toString().endsWith(".md") && Files.exists(page) && reached.add(page)) {
        // An index leads to its pages; a page that is only mentioned by another is not found.
        if (page.endsWith("README.md")) {
          links(page).forEach(link -> next.add(target(page, link)));
        }
      }
    }
    assertEquals(new TreeSet<>(pages()), reached);
  }

  /** Literals that stand behind one another are one. */
  private static String code() throws IOException {
    List<Path> roots =
        List.of(
            TOP.resolve("cli/src/main"),
            TOP.resolve("server/src/main"),
            TOP.resolve("model/src/main"));
    StringBuilder code = new StringBuilder();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
          if (file.toString().matches(".*(\\.java|\\.txt|/bin/[a-z-]+)")) {
            code.append(Files.readString(file));
          }
        }
      }
    }
    return code.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  @Test
  void sentencesOfTheTroubleshootingPageAreThoseOfThePrograms() throws IOException {
    String code = code();
    List<String> unknown = new ArrayList<>();
    int quotes = 0;
    boolean sentences = false;
    for (String line : Files.readAllLines(TOP.resolve("docs/operations/troubleshooting.md"))) {
      sentences = line.startsWith("|") && (sentences || line.contains("| sentence |"));
      Matcher quote = QUOTE.matcher(line);
      if (sentences && quote.find()) {
        quotes++;
        for (String part : quote.group(1).split("…")) {
          if (!code.contains(part.strip())) {
            unknown.add(part);
          }
        }
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(quotes >= 25, "only " + quotes + " quotes were found");
  }
}
