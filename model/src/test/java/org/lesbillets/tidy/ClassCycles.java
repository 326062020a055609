package org.lesbillets.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cycles of dependencies between the top-level classes of a module: the strongly connected
 * components of more than one class (Tarjan's algorithm). A class depends on another if its code
 * names it, imported or of the same package; comments do not count. Confined to one thread.
 */
final class ClassCycles {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

  private final Map<String, SourceFile> files;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> stack = new ArrayDeque<>();
  private final List<List<SourceFile>> cycles = new ArrayList<>();

  private ClassCycles(List<SourceFile> sources) {
    this.files =
        sources.stream()
            .filter(file -> !file.path().endsWith("/package-info.java"))
            .collect(Collectors.toMap(ClassCycles::className, file -> file));
  }

  /** The cycles among some sources, each as the files of its classes. */
  static List<List<SourceFile>> of(List<SourceFile> sources) {
    ClassCycles cycles = new ClassCycles(sources);
    cycles.files.keySet().stream()
        .sorted()
        .filter(name -> !cycles.index.containsKey(name))
        .forEach(cycles::visit);
    return cycles.cycles;
  }

  private static String className(SourceFile file) {
    return file.packageName() + "." + file.simpleName();
  }

  private void visit(String name) {
    index.put(name, index.size());
    low.put(name, index.get(name));
    stack.push(name);
    for (String other : dependencies(files.get(name))) {
      if (!index.containsKey(other)) {
        visit(other);
        low.merge(name, low.get(other), Math::min);
      } else if (stack.contains(other)) {
        low.merge(name, index.get(other), Math::min);
      }
    }
    if (low.get(name).equals(index.get(name))) {
      component(name);
    }
  }

  private void component(String root) {
    List<SourceFile> component = new ArrayList<>();
    String name;
    do {
      name = stack.pop();
      component.add(files.get(name));
    } while (!name.equals(root));
    if (component.size() > 1) {
      cycles.add(component);
    }
  }

  private Set<String> dependencies(SourceFile file) {
    Map<String, String> imported = new HashMap<>();
    Matcher imports = IMPORT.matcher(file.code());
    while (imports.find()) {
      String path = imports.group(1);
      imported.put(path.substring(path.lastIndexOf('.') + 1), topLevel(path));
    }
    Set<String> own =
        Declarations.of(file).types().stream()
            .map(Declarations.Type::name)
            .collect(Collectors.toSet());
    Set<String> found = new HashSet<>();
    Matcher names = NAME.matcher(IMPORT.matcher(file.code()).replaceAll(""));
    while (names.find()) {
      String name = names.group();
      String beside = file.packageName() + "." + name;
      found.add(imported.getOrDefault(name, own.contains(name) ? className(file) : beside));
    }
    found.retainAll(files.keySet());
    found.remove(className(file));
    return found;
  }

  /** The top-level class of a nested class or a static member. */
  private String topLevel(String path) {
    String name = path;
    while (!files.containsKey(name) && name.contains(".")) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return name;
  }
}
