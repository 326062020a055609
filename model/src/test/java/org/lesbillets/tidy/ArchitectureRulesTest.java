package org.lesbillets.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The graph of classes, its layers and its cycles, on small graphs written by hand. */
class ArchitectureRulesTest {

  /** A graph of edges such as {@code a.A>b.B}. */
  private static ClassGraph graph(String... edges) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (String edge : edges) {
      String[] ends = edge.split(">");
      uses.computeIfAbsent(ClassGraph.ROOT + ends[1], name -> new TreeSet<>());
      uses.computeIfAbsent(ClassGraph.ROOT + ends[0], name -> new TreeSet<>())
          .add(ClassGraph.ROOT + ends[1]);
    }
    return new ClassGraph(uses);
  }

  private static String wrong(ClassGraph graph, String... layers) {
    return ArchitectureRules.wrong(graph, layers).stream()
        .map(line -> line.replace(ClassGraph.ROOT, ""))
        .collect(Collectors.joining("; "));
  }

  @Test
  void aPackageUsesThoseBelow() {
    ClassGraph graph = graph("a.A>b.B", "a.A>c.C", "b.B>c.C");
    assertEquals("", wrong(graph, "a", "b", "c"));
    assertEquals("b.B must not use c.C", wrong(graph, "a", "b c"));
    assertEquals("b.B must not use c.C", wrong(graph, "a", "c", "b"));
  }

  @Test
  void packagesOfAGroupUseEachOtherAndAreOneForTheRest() {
    ClassGraph graph = graph("a.A>b.B", "b.C>a.D", "a.A>c.C");
    assertEquals("", wrong(graph, "a+b", "c"));
    assertEquals("a.A must not use c.C", wrong(graph, "c", "a+b"));
    assertEquals("a.A must not use b.B; b.C must not use a.D", wrong(graph, "a b", "c"));
  }

  @Test
  void everyPackageHasALayerAndEveryLayerAPackage() {
    ClassGraph graph = graph("a.A>b.B");
    assertEquals("b is in no layer", wrong(graph, "a"));
    assertEquals("c has a layer and no classes", wrong(graph, "a", "b", "c"));
  }

  @Test
  void upToThreeClassesOfAPackageMayUseEachOther() {
    assertEquals("", wrong(graph("a.A>a.B", "a.B>a.C", "a.C>a.A"), "a"));
    assertEquals(
        "cycle: [a.A, a.B, a.C, a.D]",
        wrong(graph("a.A>a.B", "a.B>a.C", "a.C>a.D", "a.D>a.A", "a.D>a.E"), "a"));
  }

  @Test
  void twoCyclesThatMeetAreOne() {
    assertEquals(
        "cycle: [a.A, a.B, a.C, a.D]",
        wrong(graph("a.A>a.B", "a.B>a.A", "a.B>a.C", "a.C>a.D", "a.D>a.B"), "a"));
  }

  @Test
  void classesOfDifferentPackagesNeverUseEachOther() {
    assertTrue(
        wrong(graph("a.A>b.B", "b.B>a.A"), "a", "b").contains("cycle across packages: [a.A, b.B]"));
    assertTrue(
        wrong(graph("a.A>b.B", "b.B>c.C", "c.C>a.A"), "a", "b", "c")
            .contains("cycle across packages: [a.A, b.B, c.C]"));
  }

  @Test
  void compiledClassesAreRead() {
    ClassGraph graph =
        ClassGraph.of(Path.of(System.getProperty("basedir", "")).resolve("target/test-classes"));
    Set<String> used = graph.uses().get(ArchitectureRulesTest.class.getName());
    assertTrue(used.contains(ClassGraph.class.getName()), used::toString);
    assertTrue(used.contains(ArchitectureRules.class.getName()), used::toString);
  }

  @Test
  void standardTermsAreCounted() {
    String plain = "// The bounded queue of retries; the desk thread drains it.\n";
    String story = "// What comes of it is what there is to be seen by them all then.\n";
    assertEquals(List.of(), ArchitectureRules.tooFewTerms(List.of(source(plain))));
    assertEquals(1, ArchitectureRules.tooFewTerms(List.of(source(story))).size());
  }

  private static SourceFile source(String text) {
    return SourceFile.of("src/main/java/org/lesbillets/server/desk/Desk.java", text);
  }
}
