package org.lesbillets.tidy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * Which top-level class uses which, as {@code jdeps} reads it from compiled classes; a nested class
 * counts as the class around it. Immutable.
 *
 * @param uses for each class of the folder the others of it that it uses; names with their packages
 */
record ClassGraph(Map<String, Set<String>> uses) {
  static final String ROOT = "org.lesbillets.";

  private static final Pattern EDGE = Pattern.compile("^\\s+([\\w.$]+)\\s+->\\s+([\\w.$]+)");

  /**
   * Reads a folder of class files; every class uses at least one, so each is there.
   *
   * @throws IllegalStateException when jdeps cannot read it
   */
  static ClassGraph of(Path classes) {
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int code =
        jdeps.run(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            "-verbose:class",
            "-filter:none",
            "--ignore-missing-deps",
            classes.toString());
    if (code != 0) {
      throw new IllegalStateException("jdeps cannot read " + classes + ": " + out);
    }
    Map<String, Set<String>> uses = new TreeMap<>();
    out.toString().lines().map(EDGE::matcher).filter(Matcher::find).forEach(m -> add(uses, m));
    uses.values().forEach(used -> used.retainAll(uses.keySet()));
    return new ClassGraph(uses);
  }

  private static void add(Map<String, Set<String>> uses, Matcher edge) {
    String from = topLevel(edge.group(1));
    String to = topLevel(edge.group(2));
    Set<String> used = uses.computeIfAbsent(from, name -> new TreeSet<>());
    if (!from.equals(to)) {
      used.add(to);
    }
  }

  private static String topLevel(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('.'));
  }

  /**
   * The cycles among the classes of one package that have more than {@code size} classes, each a
   * sorted list.
   */
  List<List<String>> cyclesInPackages(int size) {
    return components((from, to) -> packageOf(from).equals(packageOf(to))).stream()
        .filter(classes -> classes.size() > size)
        .toList();
  }

  /** The cycles among classes that are not all of one package, each a sorted list. */
  List<List<String>> cyclesAcrossPackages() {
    return components((from, to) -> true).stream()
        .filter(classes -> classes.stream().map(ClassGraph::packageOf).distinct().count() > 1)
        .toList();
  }

  /**
   * The uses that go against the order of the packages. A package may use those of the layers below
   * its own, and of its own layer only those of its own group.
   *
   * @param layers groups of packages, the highest layer first
   * @return a sentence for each; also for a package that is in no layer, or in a layer but not
   *     there
   */
  List<String> breaches(List<List<Set<String>>> layers) {
    Map<String, Integer> depths = new TreeMap<>();
    Map<String, Set<String>> groups = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (Set<String> group : layers.get(i)) {
        for (String name : group) {
          depths.put(name, i);
          groups.put(name, group);
        }
      }
    }
    Set<String> there =
        uses.keySet().stream()
            .map(ClassGraph::packageOf)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> breaches = new ArrayList<>();
    there.stream()
        .filter(name -> !depths.containsKey(name))
        .forEach(name -> breaches.add(name + " is in no layer"));
    depths.keySet().stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> breaches.add(name + " has a layer and no classes"));
    there.retainAll(depths.keySet());
    uses.forEach(
        (from, used) ->
            used.stream()
                .filter(to -> there.containsAll(List.of(packageOf(from), packageOf(to))))
                .filter(to -> !groups.get(packageOf(from)).contains(packageOf(to)))
                .filter(to -> depths.get(packageOf(to)) <= depths.get(packageOf(from)))
                .forEach(to -> breaches.add(from + " must not use " + to)));
    return breaches;
  }

  private interface Edges {
    boolean counts(String from, String to);
  }

  /** The strongly connected components of two classes or more. */
  private List<List<String>> components(Edges edges) {
    Tarjan tarjan = new Tarjan(edges);
    uses.keySet().forEach(tarjan::visit);
    return tarjan.components;
  }

  /** Tarjan's algorithm for strongly connected components. Confined to one thread. */
  private final class Tarjan {
    private final Edges edges;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> lowLinks = new HashMap<>();
    private final Deque<String> stack = new ArrayDeque<>();
    private final List<List<String>> components = new ArrayList<>();

    Tarjan(Edges edges) {
      this.edges = edges;
    }

    void visit(String node) {
      if (indexes.containsKey(node)) {
        return;
      }
      indexes.put(node, indexes.size());
      lowLinks.put(node, indexes.get(node));
      stack.push(node);
      for (String next : uses.get(node)) {
        if (edges.counts(node, next)) {
          follow(node, next);
        }
      }
      if (lowLinks.get(node).equals(indexes.get(node))) {
        take(node::equals);
      }
    }

    private void follow(String node, String next) {
      if (!indexes.containsKey(next)) {
        visit(next);
        lowLinks.merge(node, lowLinks.get(next), Math::min);
      } else if (stack.contains(next)) {
        lowLinks.merge(node, indexes.get(next), Math::min);
      }
    }

    private void take(Predicate<String> isRoot) {
      Set<String> component = new TreeSet<>();
      String node;
      do {
        node = stack.pop();
        component.add(node);
      } while (!isRoot.test(node));
      if (component.size() > 1) {
        components.add(List.copyOf(component));
      }
    }
  }
}
