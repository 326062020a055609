package org.lesbillets.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassCyclesTest {
  private static SourceFile file(String packageName, String name, String imports, String body) {
    return SourceFile.of(
        "src/main/java/" + packageName + "/" + name + ".java",
        "package " + packageName + ";\n" + imports + "\nclass " + name + " {\n" + body + "\n}\n");
  }

  /** Each names the next, and the last the first. */
  private static List<SourceFile> circle(String... names) {
    List<SourceFile> files = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      files.add(file("a", names[i], "", names[(i + 1) % names.length] + " next;"));
    }
    return files;
  }

  private static List<List<String>> cycles(SourceFile... files) {
    return ClassCycles.of(List.of(files)).stream()
        .map(cycle -> cycle.stream().map(SourceFile::simpleName).sorted().toList())
        .toList();
  }

  private static List<String> rules(List<SourceFile> files) {
    List<SourceFile> all =
        Stream.concat(
                files.stream(), Stream.of("a", "b").map(name -> file(name, "package-info", "", "")))
            .toList();
    return SourceRules.wrong(all).stream().map(line -> line.split(": ")[1]).toList();
  }

  @Test
  void classesOfDifferentPackagesDependOnOneAnotherInNoCircle() {
    SourceFile one = file("a", "One", "import b.Two;", "Two two;");
    assertEquals(List.of(), rules(List.of(one, file("b", "Two", "", "One mine;"))));
    assertEquals(
        List.of("PACKAGE_CYCLE"),
        rules(List.of(one, file("b", "Two", "import a.One.Inner;", "Inner inner;"))));
  }

  @Test
  void atMostThreeClassesOfAPackageDependOnOneAnother() {
    assertEquals(List.of(), rules(circle("One", "Two", "Three")));
    assertEquals(List.of("CLASS_CYCLE"), rules(circle("One", "Two", "Three", "Four")));
  }

  @Test
  void commentsNestedTypesAndQualifiedNamesAreNoDependencies() {
    SourceFile two = file("a", "Two", "", "One one;");
    assertEquals(List.of(List.of("One", "Two")), cycles(file("a", "One", "", "Two two;"), two));
    assertEquals(List.of(), cycles(file("a", "One", "", "/** {@link Two} */ // Two"), two));
    assertEquals(List.of(), cycles(file("a", "One", "", "Other.Two two;"), two));
    assertEquals(List.of(), cycles(file("a", "One", "", "record Two() {} Two two;"), two));
  }

  @Test
  void circlesThatTouchAreOne() {
    assertEquals(
        List.of(List.of("One", "Three", "Two")),
        cycles(
            file("a", "One", "", "Two two;"),
            file("a", "Two", "", "One one; Three three;"),
            file("a", "Three", "", "Two two;"),
            file("a", "Leaf", "", "One one;")));
  }
}
