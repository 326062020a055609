package org.lesbillets.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text resources of the commands, decoded as UTF-8. Stateless; any thread. */
public final class Resource {
  private Resource() {}

  public static String text(String name) {
    try (InputStream file = Resource.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the text " + name + " cannot be read", e);
    }
  }
}
