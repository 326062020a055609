package org.lesbillets.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a module's Java sources and says where they break the house's rules. Each module has a
 * TidyTest that calls {@link #check}. Stateless; any thread.
 */
public final class SourceRules {
  private static final List<String> ROOTS =
      List.of(
          "src/main/java",
          "src/test/java",
          "src/bench/java",
          "src/jmh/java",
          "src/soak/java",
          "src/fuzz/java");

  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_FILE_LINES = 300;
  private static final int MAX_COLUMNS = 100;
  private static final int MAX_PARAMETERS = 4;
  private static final int MAX_PACKAGE_FILES = 30;

  /** Code that only some packages may name. */
  private record Fence(Rule rule, Pattern code, List<String> packages) {
    static Fence of(Rule rule, String codeRegex, String... packages) {
      return new Fence(
          rule, Pattern.compile("(?<![\\w.])(" + codeRegex + ")\\."), List.of(packages));
    }
  }

  /** Text that has no place in some sources. */
  private record Ban(Rule rule, Pattern text, boolean inCode, boolean inMain, boolean inTests) {}

  private static final List<Fence> FENCES =
      List.of(
          Fence.of(Rule.MODULE, "org\\.lesbillets\\.server", "org.lesbillets.server"),
          Fence.of(
              Rule.MODULE,
              "org\\.lesbillets\\.cli",
              "org.lesbillets.cli",
              "org.lesbillets.acceptance"),
          Fence.of(
              Rule.LIBRARY,
              "jakarta\\.websocket|org\\.glassfish\\.tyrus|org\\.glassfish\\.grizzly",
              "org.lesbillets.server.websocket",
              "org.lesbillets.cli.client.transport"),
          Fence.of(Rule.LIBRARY, "com\\.googlecode\\.lanterna", "org.lesbillets.cli.tui.terminal"),
          Fence.of(
              Rule.LIBRARY, "javax?\\.sql|org\\.sqlite", "org.lesbillets.server.journal.sqlite"),
          Fence.of(Rule.LIBRARY, "nl\\.altindag|org\\.bouncycastle", "org.lesbillets.server.tls"),
          Fence.of(Rule.LIBRARY, "io\\.prometheus", "org.lesbillets.server.metrics"),
          Fence.of(
              Rule.LIBRARY, "io\\.(etcd|grpc|netty|vertx)", "org.lesbillets.server.journal.etcd"),
          Fence.of(
              Rule.LIBRARY,
              "org\\.tomlj",
              "org.lesbillets.cli.config",
              "org.lesbillets.server.config"),
          Fence.of(
              Rule.LIBRARY,
              "com\\.google\\.gson",
              "org.lesbillets.model.wire",
              "org.lesbillets.cli.command.bulk.format",
              "org.lesbillets.cli.output",
              "org.lesbillets.server.command"),
          Fence.of(
              Rule.LIBRARY, "de\\.siegmar\\.fastcsv", "org.lesbillets.cli.command.bulk.format"),
          Fence.of(Rule.LIBRARY, "org\\.HdrHistogram", "org.lesbillets.cli.client.bench"),
          Fence.of(Rule.LIBRARY, "me\\.tongfei", "org.lesbillets.cli.output"));

  // The last pattern is written so that it does not find itself.
  private static final List<Ban> BANS =
      List.of(
          ban(Rule.STREAMS, "\\bSystem\\s*\\.\\s*(out|err)\\b", true, false),
          ban(Rule.STACK_TRACE, "\\bprintStackTrace\\b", true, true),
          ban(Rule.WILDCARD, "\\bimport\\s[^;]*\\*\\s*;", true, true),
          ban(Rule.SLEEP, "\\bThread\\s*\\.\\s*sleep\\b|\\.sleep\\s*\\(", false, true),
          new Ban(Rule.HOME, Pattern.compile("user\\.home"), false, true, false),
          ban(Rule.CHILD, "\\bnew ProcessBuilder\\b", true, false),
          ban(Rule.DISABLED, "@Disabled\\w*|@Ignore\\b", false, true),
          new Ban(
              Rule.NOTE,
              Pattern.compile("\\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\\b"),
              false,
              true,
              true));

  private static final Pattern BANNED_NAME = Pattern.compile("Manager|Helper|Util|Impl|Abstract");

  private static final Pattern EXCEPTION =
      Pattern.compile("\\bclass\\s+(\\w+)[^{]*?\\bextends\\s+\\w*(Exception|Error|Throwable)\\b");

  private SourceRules() {}

  private static Ban ban(Rule rule, String codeRegex, boolean inMain, boolean inTests) {
    return new Ban(rule, Pattern.compile(codeRegex), true, inMain, inTests);
  }

  /**
   * Checks the sources of the module whose tests run now.
   *
   * @throws AssertionError if they break a rule that is not allowed to be broken there, or if an
   *     allowance is not needed; it names every file and line
   */
  public static void check(Allowance... allowances) {
    List<String> wrong = wrong(sources(Path.of(System.getProperty("basedir", ""))), allowances);
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.size() + " untidy places\n" + String.join("\n", wrong));
    }
  }

  static List<String> wrong(List<SourceFile> sources, Allowance... allowances) {
    List<Finding> findings = findings(sources);
    List<Allowance> allowed = List.of(allowances);
    Stream<String> places =
        findings.stream()
            .filter(finding -> allowed.stream().noneMatch(one -> one.covers(finding)))
            .map(Finding::toString);
    Stream<String> unneeded =
        allowed.stream()
            .filter(one -> findings.stream().noneMatch(one::covers))
            .map(one -> one.path() + ":1: " + one.rule() + ": nothing here needs to be allowed");
    return Stream.concat(places, unneeded).toList();
  }

  static List<SourceFile> sources(Path module) {
    List<SourceFile> sources = new ArrayList<>();
    for (String root : ROOTS) {
      Path folder = module.resolve(root);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> paths = Files.walk(folder)) {
          paths
              .filter(path -> path.toString().endsWith(".java"))
              .sorted()
              .forEach(path -> sources.add(read(module, path)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return sources;
  }

  private static SourceFile read(Path module, Path path) {
    try {
      return SourceFile.of(
          module.relativize(path).toString().replace('\\', '/'), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Finding> findings(List<SourceFile> sources) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : sources) {
      FENCES.forEach(fence -> outside(findings, file, fence));
      BANS.forEach(ban -> banned(findings, file, ban));
      longLines(findings, file);
      if (!file.isTest()) {
        length(findings, file);
        declarations(findings, file);
        nullArguments(findings, file);
        exceptions(findings, file);
        findings.addAll(Vocabulary.storytelling(file));
      }
    }
    undescribedPackages(findings, sources);
    largePackages(findings, sources.stream().filter(file -> !file.isTest()).toList());
    return findings;
  }

  private static void outside(List<Finding> findings, SourceFile file, Fence fence) {
    // Tests may use any library to look at what they test; the modules stay apart.
    boolean checked = fence.rule() == Rule.MODULE || !file.isTest();
    if (checked && fence.packages().stream().noneMatch(file::isIn)) {
      matches(findings, file, fence.rule(), fence.code().matcher(file.code()));
    }
  }

  private static void banned(List<Finding> findings, SourceFile file, Ban ban) {
    if (file.isTest() ? ban.inTests() : ban.inMain()) {
      String text = ban.inCode() ? file.code() : file.text();
      matches(findings, file, ban.rule(), ban.text().matcher(text));
    }
  }

  private static void matches(List<Finding> findings, SourceFile file, Rule rule, Matcher matcher) {
    while (matcher.find()) {
      findings.add(file.finding(rule, file.lineAt(matcher.start()), matcher.group().strip()));
    }
  }

  private static void longLines(List<Finding> findings, SourceFile file) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      int columns = lines.get(i).codePointCount(0, lines.get(i).length());
      if (columns > MAX_COLUMNS && !lines.get(i).startsWith("import ")) {
        findings.add(file.finding(Rule.LINE_LENGTH, i + 1, columns + " columns"));
      }
    }
  }

  private static void nullArguments(List<Finding> findings, SourceFile file) {
    for (int offset : NullArguments.of(file)) {
      findings.add(file.finding(Rule.NULL_ARGUMENTS, file.lineAt(offset), "two or more nulls"));
    }
  }

  private static void length(List<Finding> findings, SourceFile file) {
    int lines = file.lines().size();
    if (lines > MAX_FILE_LINES) {
      findings.add(file.finding(Rule.FILE_LENGTH, MAX_FILE_LINES + 1, lines + " lines"));
    }
  }

  private static void declarations(List<Finding> findings, SourceFile file) {
    Declarations declarations = Declarations.of(file);
    for (Declarations.Type type : declarations.types()) {
      if (BANNED_NAME.matcher(type.name()).find()) {
        findings.add(file.finding(Rule.CLASS_NAME, file.lineAt(type.offset()), type.name()));
      }
    }
    for (Declarations.Method method : declarations.methods()) {
      int line = file.lineAt(method.offset());
      int lines = file.lineAt(method.end()) - line + 1;
      if (lines > MAX_METHOD_LINES) {
        findings.add(file.finding(Rule.METHOD_LENGTH, line, method.name() + ": " + lines));
      }
      if (method.parameters() > MAX_PARAMETERS) {
        findings.add(
            file.finding(Rule.PARAMETERS, line, method.name() + ": " + method.parameters()));
      }
    }
  }

  private static void exceptions(List<Finding> findings, SourceFile file) {
    Matcher matcher = EXCEPTION.matcher(file.code());
    while (matcher.find()) {
      if (!matcher.group(1).endsWith("Exception")) {
        int line = file.lineAt(matcher.start());
        findings.add(file.finding(Rule.EXCEPTION_NAME, line, matcher.group(1)));
      }
    }
  }

  private static void undescribedPackages(List<Finding> findings, List<SourceFile> sources) {
    List<SourceFile> main = sources.stream().filter(file -> !file.isTest()).toList();
    List<String> described =
        main.stream()
            .filter(file -> file.path().endsWith("/package-info.java"))
            .map(SourceFile::packageName)
            .toList();
    main.stream()
        .filter(file -> !described.contains(file.packageName()))
        .collect(Collectors.toMap(SourceFile::packageName, file -> file, (first, other) -> first))
        .forEach((name, file) -> findings.add(file.finding(Rule.PACKAGE_INFO, 1, name)));
  }

  private static void largePackages(List<Finding> findings, List<SourceFile> main) {
    main.stream()
        .collect(Collectors.groupingBy(SourceFile::packageName))
        .forEach(
            (name, files) -> {
              if (files.size() > MAX_PACKAGE_FILES) {
                String what = name + ": " + files.size();
                findings.add(files.get(0).finding(Rule.PACKAGE_SIZE, 1, what));
              }
            });
  }
}
