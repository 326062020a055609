package org.lesbillets.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says where a module breaks the order of its packages, has cycles of classes, or takes a class
 * name that another module has. Stateless; any thread.
 */
public final class ArchitectureRules {
  private static final int MAX_CYCLE = 3;
  private static final double MIN_STANDARD_TERMS = 14;

  private ArchitectureRules() {}

  /**
   * Checks the compiled classes of the module whose tests run now.
   *
   * @param layers the module's packages without {@code org.lesbillets.}, the highest layer first;
   *     those of one layer, separated by spaces, do not use each other, unless {@code +} joins them
   *     into a group
   * @throws AssertionError if a class uses one of its own or a higher layer, a package is in no
   *     layer, classes of different packages or more than three of one package use each other in a
   *     circle, or a class name is used twice in the project; it says where
   */
  public static void check(String... layers) {
    Path module = Path.of(System.getProperty("basedir", ""));
    ClassGraph graph = ClassGraph.of(module.resolve("target/classes"));
    List<String> wrong = new ArrayList<>(wrong(graph, layers));
    wrong.addAll(namesTwice(module.toAbsolutePath()));
    wrong.addAll(tooFewTerms(SourceRules.sources(module)));
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.size() + " faults\n" + String.join("\n", wrong));
    }
  }

  static List<String> wrong(ClassGraph graph, String... layers) {
    List<List<Set<String>>> named =
        Arrays.stream(layers)
            .map(layer -> Arrays.stream(layer.split(" ")).map(ArchitectureRules::group).toList())
            .toList();
    List<String> wrong = new ArrayList<>(graph.breaches(named));
    graph.cyclesAcrossPackages().forEach(cycle -> wrong.add("cycle across packages: " + cycle));
    graph.cyclesInPackages(MAX_CYCLE).forEach(cycle -> wrong.add("cycle: " + cycle));
    return wrong;
  }

  private static Set<String> group(String names) {
    return Arrays.stream(names.split("\\+"))
        .map(name -> ClassGraph.ROOT + name)
        .collect(Collectors.toSet());
  }

  static List<String> tooFewTerms(List<SourceFile> sources) {
    double terms = Vocabulary.count(sources).standardPerThousand();
    return terms >= MIN_STANDARD_TERMS
        ? List.of()
        : List.of("comments have " + terms + " standard terms in 1,000 words");
  }

  private static List<String> namesTwice(Path module) {
    Path root = module;
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    Map<String, List<String>> places = new TreeMap<>();
    for (String name : List.of("model", "server", "cli", "cli/codegen")) {
      Path sources = root.resolve(name).resolve("src/main/java");
      try (Stream<Path> paths = Files.walk(sources)) {
        paths
            .filter(path -> path.toString().endsWith(".java"))
            .filter(path -> !path.endsWith("package-info.java"))
            .forEach(
                path ->
                    places
                        .computeIfAbsent(path.getFileName().toString(), key -> new ArrayList<>())
                        .add(sources.relativize(path).toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return places.values().stream()
        .filter(paths -> paths.size() > 1)
        .map(paths -> "one name, two classes: " + paths)
        .toList();
  }
}
