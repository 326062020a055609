package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.lesbillets.cli.client.TokenSource;

/**
 * The token that the server on this machine leaves for its owner. Without the file the server is
 * asked all the same: that none runs says more. Thread-safe.
 */
final class LocalTokenSource implements TokenSource {
  private final Path path;
  private final TokenSource file;

  LocalTokenSource(Path path, Consumer<String> warnings) {
    this.path = path;
    this.file = new FileToken(path, "the local token", warnings);
  }

  @Override
  public String token() {
    return path.toFile().exists() ? file.token() : "";
  }

  @Override
  public String identity() {
    return file.identity();
  }
}
