package org.lesbillets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * What programs that are timed find around them: PATH, HOME, LANG, XDG and billets' own variables,
 * and nothing that this process was started with. Immutable.
 *
 * @param usual with the server and the token in variables
 * @param configured with both in a config.toml of one context, and in no variable
 */
record CleanEnvironment(Map<String, String> usual, Map<String, String> configured) {

  static CleanEnvironment of(BenchServer server, Scratch scratch) throws IOException {
    String address = "ws://127.0.0.1:" + server.port() + "/tickets";
    Path home = Files.createDirectory(scratch.folder().resolve("home"));
    Map<String, String> common = new TreeMap<>();
    common.put("PATH", System.getenv("PATH"));
    common.put("HOME", home.toString());
    common.put("LANG", "C.UTF-8");
    common.put("XDG_CACHE_HOME", scratch.folder().resolve("cache").toString());
    common.put("XDG_STATE_HOME", scratch.folder().resolve("state").toString());
    Files.createDirectory(scratch.folder().resolve("cache"));
    Map<String, String> usual = new TreeMap<>(common);
    usual.put("XDG_CONFIG_HOME", scratch.folder().resolve("none").toString());
    usual.put("BILLETS_SERVER", address);
    usual.put("BILLETS_TOKEN", server.token());
    Map<String, String> configured = new TreeMap<>(common);
    configured.put("XDG_CONFIG_HOME", scratch.folder().resolve("config").toString());
    write(home.resolve("token"), server.token() + "\n");
    write(
        scratch.folder().resolve("config/billets/config.toml"),
        "context = \"work\"\n\n[contexts.work]\nserver = \""
            + address
            + "\"\ntoken_file = \"~/token\"\n");
    return new CleanEnvironment(usual, configured);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** The same for programs that take the first Java on PATH. */
  CleanEnvironment withJava(Path home) {
    return new CleanEnvironment(withJava(usual, home), withJava(configured, home));
  }

  private static Map<String, String> withJava(Map<String, String> variables, Path home) {
    Map<String, String> with = new TreeMap<>(variables);
    with.put("PATH", home.resolve("bin") + ":" + variables.get("PATH"));
    return with;
  }
}
