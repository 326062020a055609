package org.lesbillets.cli.output.table;

import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.output.IdentityReport;
import org.lesbillets.cli.text.PlainText;

/** Who the server takes the client for, for people: a line for each thing. Stateless. */
final class IdentityLines {
  private IdentityLines() {}

  static List<String> of(IdentityReport identity) {
    String how = knownBy(identity.knownBy());
    return Stream.of(
            "name:      " + identity.name(),
            "role:      " + identity.role().wireName(),
            "server:    " + identity.server(),
            how == null ? "" : "known by:  " + how)
        .filter(line -> !line.isEmpty())
        .map(PlainText::line)
        .toList();
  }

  /** Null if the server does not say. */
  private static String knownBy(String word) {
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "token" -> "a token";
      case "unix" -> "your login on its machine";
      case "delegate" -> "the shared account you come through";
      default -> word;
    };
  }
}
