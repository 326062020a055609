package org.lesbillets.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured: {@code [--rounds N] [--jdk HOME]…}.
 *
 * @param javas homes; that which runs this unless others are named
 */
record StartupOptions(Path server, Path client, int rounds, List<Path> javas) {
  private static final int ROUNDS = 21;

  static StartupOptions of(String[] arguments) {
    List<Path> javas = new ArrayList<>();
    int rounds = ROUNDS;
    for (int i = 2; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      switch (arguments[i]) {
        case "--rounds" -> rounds = rounds(arguments[i + 1]);
        case "--jdk" -> javas.add(home(arguments[i + 1]));
        default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
      }
    }
    if (javas.isEmpty()) {
      javas.add(home(System.getProperty("java.home")));
    }
    return new StartupOptions(Path.of(arguments[0]), Path.of(arguments[1]), rounds, javas);
  }

  private static int rounds(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("'" + text + "' is no number of rounds");
    }
    return Integer.parseInt(text);
  }

  private static Path home(String folder) {
    Path home = Path.of(folder);
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new IllegalArgumentException("there is no bin/java in " + home);
    }
    return home;
  }
}
