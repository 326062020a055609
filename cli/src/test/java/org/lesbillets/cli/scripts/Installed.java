package org.lesbillets.cli.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.cli.scripts.Scripts.Ran;

/**
 * The launcher of the command line with one jar that is none, a Java that only says how it was
 * called, and a user of its own, all below one folder. For one thread.
 */
final class Installed {
  private static final String BUILD = "0123456789abcdef0123456789abcdef";
  private static final String RUNTIME = "17.0.15+6-Test";

  private final Path folder;
  private final Path java;
  private final Map<String, String> environment = new TreeMap<>();

  private Installed(Path folder) {
    this.folder = folder;
    this.java = folder.resolve("java");
    environment.put("JAVA_HOME", java.toString());
    environment.put("HOME", user().toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  static Installed in(Path folder) throws IOException {
    Installed installed = new Installed(folder);
    installed.copy("bin/billets");
    Files.createDirectories(installed.user());
    Files.createDirectories(installed.home().resolve("lib"));
    Files.writeString(installed.home().resolve("lib/build-id"), BUILD + "\n");
    Files.writeString(installed.home().resolve("lib/a.jar"), "");
    Scripts.program(installed.java.resolve("bin/java"), "printf '<%s>' \"$@\"");
    Files.writeString(
        installed.java.resolve("release"),
        "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"" + RUNTIME + "\"\nJAVA_VERSION=\"17.0.15\"\n");
    return installed;
  }

  Path copy(String program) throws IOException {
    Path place = home().resolve(program);
    Files.createDirectories(place.getParent());
    return Files.copy(Scripts.root().resolve("cli/src/main/dist").resolve(program), place);
  }

  Path home() {
    return folder.resolve("installed");
  }

  Path user() {
    return folder.resolve("user");
  }

  /** Where this user's archives are to be. */
  Path cache() {
    return user().resolve(".cache/billets");
  }

  /** The file name of the archive for this Java and this jar, without its ending. */
  String name() {
    String paths = (java + " " + home()).replace('/', '_').replace(' ', '_');
    return BUILD.substring(0, 16) + "_" + RUNTIME + paths;
  }

  Path archive() {
    return cache().resolve(name() + ".jsa");
  }

  /** The folder as make-archive leaves it, with an archive in it. */
  Installed withArchive() throws Exception {
    Files.createDirectories(cache());
    Files.writeString(archive(), "");
    chmod("1700", cache());
    return this;
  }

  /** Also the bits that Java's own permissions do not know. */
  void chmod(String mode, Path path) throws Exception {
    Scripts.run(environment, folder, List.of("chmod", mode, path.toString()));
  }

  Installed with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Runs it, and tells how Java was called. */
  String called(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home().resolve("bin/billets").toString()));
    command.addAll(List.of(arguments));
    Ran ran = Scripts.run(environment, folder, command);
    if (ran.code() != 0 || !ran.err().isEmpty()) {
      throw new AssertionError(ran.toString());
    }
    return ran.out();
  }

  boolean usesArchive() throws Exception {
    return called().contains("<-XX:SharedArchiveFile=" + archive() + ">");
  }
}
