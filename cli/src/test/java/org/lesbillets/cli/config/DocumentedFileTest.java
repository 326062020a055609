package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.place.UserDirectories;

/** The file in docs/configuration.md is one that billets understands. */
class DocumentedFileTest {
  private static final Pattern EXAMPLE = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExampleSaysWhatItSeemsToSay() throws IOException {
    Path page = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    String text = Files.readString(page.resolveSibling("docs").resolve("configuration.md"));
    Matcher example = EXAMPLE.matcher(text);
    assertTrue(example.find());
    UserDirectories alice = new UserDirectories(Map.of("HOME", "/home/alice"), null);
    ConfigReader reader = new ConfigReader(Path.of("/etc/config.toml"), alice);
    Config config = reader.read(example.group(1));
    assertEquals("work", config.currentContext());
    assertEquals(List.of("work", "home", "lab"), List.copyOf(config.contexts().keySet()));
    assertEquals(Path.of("/etc/work.token"), config.context("work").tokenFile());
    assertTrue(config.context("home").tokenCommand().shell());
    assertFalse(config.context("lab").tokenCommand().shell());
    assertEquals(2, config.tui().views().size());
    assertEquals(List.of("q"), config.tui().keys().get("quit"));
    assertFalse(config.tui().bell());
  }
}
