package org.lesbillets.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The hints printed when the server is started at a terminal: the token's file, and commands for
 * another terminal. Immutable; pure.
 *
 * @param scheme of the server's URL
 * @param port of the server
 * @param data directory of the server
 * @param usual data directory whose token clients find by default; null for none
 */
record FirstSteps(String scheme, String host, int port, Path data, Path usual) {
  private static final String LOOPBACK = "127.0.0.1";

  private static final String TROUBLE = "When something does not work: billets doctor";

  /** The lines to print for a server that opens no port. */
  static List<String> atSocket(Path socket) {
    return List.of(
        "No token is needed: your login of this machine is your name.",
        "In another terminal:",
        "    export BILLETS_SERVER=" + quoted("unix:" + socket),
        "    billets create --title 'A first ticket'",
        "    billets tui",
        "Let colleagues in by their groups: --unix-group, --unix-admins, --unix-readers",
        TROUBLE);
  }

  /** The lines to print. */
  List<String> lines() {
    Path token = data.toAbsolutePath().normalize().resolve("local.token");
    List<String> exports = exports(token);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Your token is in " + token + (exports.isEmpty() ? ", where billets finds it." : "."));
    lines.add("In another terminal:");
    exports.forEach(line -> lines.add("    " + line));
    lines.add("    billets create --title 'A first ticket'");
    lines.add("    billets tui");
    lines.add("A colleague's token: billets-server token add NAME" + dataOption());
    lines.add(TROUBLE);
    return lines;
  }

  private boolean isUsual() {
    return usual != null
        && data.toAbsolutePath().normalize().equals(usual.toAbsolutePath().normalize());
  }

  private String dataOption() {
    return isUsual() ? "" : " --data " + quoted(data.toString());
  }

  private List<String> exports(Path token) {
    List<String> lines = new ArrayList<>();
    boolean plain = scheme.equals("ws");
    if (!plain || port != ServerConfig.DEFAULT_PORT || !host.equals(LOOPBACK)) {
      String address = host + ":" + port;
      lines.add("export BILLETS_SERVER=" + quoted(plain ? address : scheme + "://" + address));
    }
    if (!isUsual()) {
      lines.add("export BILLETS_TOKEN_FILE=" + quoted(token.toString()));
    }
    return lines;
  }

  /** A word for a POSIX shell. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
