package org.lesbillets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one Java is timed with. */
record JavaPrograms(
    String name,
    Program archive,
    Program nothing,
    Program version,
    Program list,
    Program configuredList) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(([0-9]+)[^\"]*)\"");

  static JavaPrograms of(Path home, Path client, CleanEnvironment environment) throws IOException {
    Map<String, String> here = environment.withJava(home).usual();
    Map<String, String> making = new TreeMap<>(here);
    making.put("BILLETS_ARCHIVE", "make");
    String billets = client.toString();
    List<String> nothing =
        List.of(
            home.resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            EmptyProgram.class.getName());
    return new JavaPrograms(
        "Java " + versionOf(home),
        new Program(List.of(billets), making),
        new Program(nothing, here),
        new Program(List.of(billets, "--version"), here),
        new Program(List.of(billets, "list"), here),
        new Program(List.of(billets, "list"), environment.withJava(home).configured()));
  }

  private static String versionOf(Path home) throws IOException {
    Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
    return version.find() ? version.group(1) : "of " + home;
  }

  /** As a first use leaves it. */
  void makeArchive() throws IOException, InterruptedException {
    archive.takeTurn(false);
  }

  void takeTurn(boolean counts) throws IOException, InterruptedException {
    nothing.takeTurn(counts);
    version.takeTurn(counts);
    list.takeTurn(counts);
    configuredList.takeTurn(counts);
  }

  /** How many times the Node.js script a list may take. */
  double listGoal() {
    return name.matches("Java (1[0-9]|2[0-4])\\b.*") ? 1.6 : 1.25;
  }
}
