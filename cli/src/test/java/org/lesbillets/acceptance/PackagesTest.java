package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.tidy.RequiredTools;

/** What is in the packages that the build makes of each program, and what they say of it. */
@Tag("distribution")
@Timeout(Patience.SECONDS)
class PackagesTest {
  private static final Pattern NOTICE =
      Pattern.compile("(\\S+) {2,}(\\S+) {2,}Copyright \\(c\\) .+");

  /** A bill names some licences by the words of who published the jar, and one wrongly. */
  private static final Map<String, Set<String>> OTHER_NAMES =
      Map.of(
          "GNU Lesser General Public License", Set.of("LGPL-3.0"),
          "Bouncy Castle Licence", Set.of("MIT"),
          "BSD-4-Clause", Set.of("BSD-3-Clause"));

  private static final Pattern REGISTRY =
      Pattern.compile("\\b(repo1?|central|oss|registry)[.](\\w+[.])*(maven|sonatype|npm)");

  @TempDir Path folder;

  private enum Program {
    BILLETS(
        "cli",
        "billets",
        List.of("libexec/make-archive", "lib/build-id", "lib/lanterna-"),
        List.of("postinst", "prerm", "triggers")),
    SERVER(
        "server",
        "billets-server",
        List.of("etc/config.toml", "systemd/billets-server.service", "lib/sqlite-jdbc-"),
        List.of("conffiles", "postinst", "postrm", "prerm"));

    private final Path target;
    private final String word;
    private final List<String> own;
    private final List<String> control;

    Program(String module, String word, List<String> own, List<String> control) {
      this.target = Distribution.root().resolve(module).resolve("target");
      this.word = word;
      this.own = own;
      this.control = control;
    }

    Path only(String ending) throws IOException {
      try (Stream<Path> files = Files.list(target)) {
        return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
      }
    }

    JsonArray components() throws IOException {
      Path bill = target.resolve(word).resolve(word + ".cdx.json");
      assumeTrue(Files.exists(bill), "an offline build has no bill of materials");
      return JsonParser.parseString(Files.readString(bill))
          .getAsJsonObject()
          .getAsJsonArray("components");
    }

    Path jar(String name, String version) {
      String file = name + "-" + version + ".jar";
      Path usual = target.resolve(word + "/lib/" + file);
      return Files.exists(usual) ? usual : usual.resolveSibling("etcd").resolve(file);
    }
  }

  private List<String> run(String... command) {
    return Running.run(folder, Map.of(), List.of(command)).succeeds().out().lines().toList();
  }

  private List<String> packed(Program program) throws IOException {
    String tool = RequiredTools.find("dpkg-deb", "dpkg").toString();
    return run(tool, "--contents", program.only("_all.deb").toString());
  }

  private static void has(List<String> lines, String mode, String path) {
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith(mode) && line.contains(path)),
        () -> mode + " " + path + " is missing: " + String.join("\n", lines));
  }

  @ParameterizedTest
  @EnumSource
  void theArchiveHasTheProgramAndItsPapers(Program program) throws IOException {
    List<String> lines = run("tar", "-tvzf", program.only(".tar.gz").toString());
    List<String> paths = List.of("NOTICE", "licenses/EPL-2.0.txt", "share/man/man1/");
    paths.forEach(path -> has(lines, "", "/" + path));
    program.own.forEach(path -> has(lines, "", "/" + path));
    has(lines, "-rwxr-xr-x root/root", "/bin/" + program.word);
    has(
        lines,
        "-rw-r--r-- root/root",
        "/share/fish/vendor_completions.d/" + program.word + ".fish");
    has(lines, "-rw-r--r-- root/root", "/share/bash-completion/completions/" + program.word);
    assertTrue(lines.stream().noneMatch(line -> line.contains(".jsa")), lines::toString);
  }

  @ParameterizedTest
  @EnumSource
  void theDebianPackageHasEverythingInItsPlace(Program program) throws IOException {
    List<String> lines = packed(program);
    String word = program.word;
    has(lines, "-rwxr-xr-x root/root", "./usr/lib/" + word + "/bin/" + word);
    has(lines, "l", "./usr/bin/" + word + " -> ../lib/" + word + "/bin/" + word);
    has(lines, "-rw-r--r-- root/root", "./usr/share/man/man1/" + word + ".1.gz");
    has(lines, "-rw-r--r-- root/root", "./usr/share/bash-completion/completions/" + word);
    has(lines, "-rw-r--r-- root/root", "./usr/share/fish/vendor_completions.d/" + word + ".fish");
    has(lines, "-rw-r--r-- root/root", "./usr/share/zsh/vendor-completions/_" + word);
    has(lines, "-rw-r--r-- root/root", "./usr/share/doc/" + word + "/copyright");
    if (program == Program.SERVER) {
      has(lines, "-rw-r--r-- root/root", "./usr/lib/systemd/system/billets-server.service");
      has(lines, "-rw-r--r-- root/root", "./etc/billets-server/config.toml");
    }
    assertTrue(lines.stream().noneMatch(line -> line.contains(".jsa")), lines::toString);
  }

  @ParameterizedTest
  @EnumSource
  void theDebianPackageSaysWhatItNeeds(Program program) throws IOException {
    String tool = RequiredTools.find("dpkg-deb", "dpkg").toString();
    String deb = program.only("_all.deb").toString();
    String depends = run(tool, "--field", deb, "Depends").get(0);
    assertTrue(
        depends.startsWith("default-jre-headless (>= 2:1.17) | java17-runtime-headless"), depends);
    assertEquals(List.of(program.word), run(tool, "--field", deb, "Package").subList(0, 1));
    Path control = folder.resolve("control");
    run(tool, "--control", deb, control.toString());
    try (Stream<Path> files = Files.list(control)) {
      Set<String> names = files.map(file -> file.getFileName().toString()).collect(toTreeSet());
      names.removeAll(Set.of("control", "md5sums"));
      assertEquals(new TreeSet<>(program.control), names);
    }
  }

  private static Collector<String, ?, Set<String>> toTreeSet() {
    return Collectors.toCollection(TreeSet::new);
  }

  @ParameterizedTest
  @EnumSource
  void eachJarOfOthersHasItsLicenceInTheNotice(Program program) throws IOException {
    Map<String, String> noted = new TreeMap<>();
    for (String line : Files.readAllLines(program.target.resolve(program.word + "/NOTICE"))) {
      Matcher matcher = NOTICE.matcher(line);
      if (matcher.matches()) {
        noted.put(matcher.group(1), matcher.group(2));
      }
    }
    Map<String, Set<String>> published = licences(program);
    assertEquals(
        published.keySet(),
        noted.keySet(),
        "src/main/dist/NOTICE has a line for each jar of others, and no more");
    noted.forEach(
        (jar, licence) ->
            assertTrue(
                published.get(jar).contains(licence), jar + " is under " + published.get(jar)));
  }

  private static Map<String, Set<String>> licences(Program program) throws IOException {
    Map<String, Set<String>> licences = new TreeMap<>();
    for (JsonElement each : program.components()) {
      JsonObject component = each.getAsJsonObject();
      if (!text(component, "group").equals("org.lesbillets")) {
        Set<String> names = licences.computeIfAbsent(text(component, "name"), x -> new TreeSet<>());
        for (JsonElement licence : component.getAsJsonArray("licenses")) {
          JsonObject named = licence.getAsJsonObject().getAsJsonObject("license");
          String name = text(named, named.has("id") ? "id" : "name");
          names.addAll(OTHER_NAMES.getOrDefault(name, Set.of(name)));
        }
      }
    }
    return licences;
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  @ParameterizedTest
  @EnumSource
  void theBillOfMaterialsHasTheJarsAsTheyAre(Program program) throws Exception {
    Set<String> jars = new TreeSet<>();
    for (JsonElement each : program.components()) {
      JsonObject component = each.getAsJsonObject();
      Path jar = program.jar(text(component, "name"), text(component, "version"));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      String expected = HexFormat.of().formatHex(digest);
      assertTrue(component.get("hashes").toString().contains(expected), jar::toString);
      jars.add(jar.getFileName().toString());
    }
    try (Stream<Path> files = Files.walk(program.target.resolve(program.word + "/lib"), 2)) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar") && !name.matches("les-billets-(cli|server).*"))
              .collect(toTreeSet());
      assertEquals(there, jars);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noRegistryIsNamed(Program program) throws IOException {
    try (Stream<Path> files = Files.walk(program.target.resolve("package"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // Those that are compressed are made of files that the sources have.
        if (!file.toString().endsWith(".gz")) {
          assertTrue(!REGISTRY.matcher(Files.readString(file)).find(), file::toString);
        }
      }
    }
  }
}
