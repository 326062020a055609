package org.lesbillets.codegen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A root command, the verbs below it, and the classes that are written for them: one in each
 * package that has a verb or a mixin. Immutable.
 *
 * @param verbs by name
 */
record VerbTree(String rootName, Holder root, Map<String, Holder> verbs) {
  private static final String CLASS = "VerbModels";

  Set<String> packages() {
    return byPackage().keySet();
  }

  /** The holders of one package, mixins included. */
  Iterable<Holder> holders(String packageName) {
    return byPackage().get(packageName).values();
  }

  private Map<String, Map<String, Holder>> byPackage() {
    Map<String, Map<String, Holder>> all = new LinkedHashMap<>();
    gather(root, all);
    verbs.values().forEach(verb -> gather(verb, all));
    return all;
  }

  private static void gather(Holder holder, Map<String, Map<String, Holder>> all) {
    all.computeIfAbsent(holder.packageName(), name -> new LinkedHashMap<>())
        .put(holder.name(), holder);
    holder.mixins().values().forEach(mixin -> gather(mixin, all));
  }

  boolean isOfRoot(String packageName) {
    return root.packageName().equals(packageName);
  }

  /** The simple name of the class of a package. No two are the same in packages of other names. */
  String simpleClassName(String packageName) {
    if (isOfRoot(packageName)) {
      return CLASS;
    }
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    return Character.toUpperCase(last.charAt(0)) + last.substring(1) + CLASS;
  }

  String className(String packageName) {
    return packageName + "." + simpleClassName(packageName);
  }
}
