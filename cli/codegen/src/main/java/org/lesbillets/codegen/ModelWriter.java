package org.lesbillets.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the source of a class VerbModels. */
final class ModelWriter {
  private static final String CLASS = "VerbModels";

  private final String rootName;
  private final Holder root;
  private final Map<String, Holder> verbs;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param verbs by name
   */
  ModelWriter(String rootName, Holder root, Map<String, Holder> verbs) {
    this.rootName = rootName;
    this.root = root;
    this.verbs = verbs;
  }

  /** That of the class. */
  String name() {
    return packageName() + "." + CLASS;
  }

  private String packageName() {
    return root.name().substring(0, root.name().lastIndexOf('.'));
  }

  String text() {
    text.setLength(0);
    head();
    rootModel();
    verbModels();
    Map<String, Holder> holders = new LinkedHashMap<>();
    gather(root, holders);
    verbs.values().forEach(verb -> gather(verb, holders));
    holders.values().forEach(this::holder);
    line(0, "}");
    return text.toString();
  }

  private static void gather(Holder holder, Map<String, Holder> all) {
    all.put(holder.name(), holder);
    holder.mixins().values().forEach(mixin -> gather(mixin, all));
  }

  private void line(int depth, String code) {
    text.append("  ".repeat(depth)).append(code).append('\n');
  }

  private void head() {
    line(0, "package " + packageName() + ";");
    for (String type :
        List.of(
            "IFactory",
            "Model.CommandSpec",
            "Model.IGetter",
            "Model.ISetter",
            "Model.OptionSpec",
            "Model.PositionalParamSpec",
            "ScopeType")) {
      line(0, "import picocli.CommandLine." + type + ";");
    }
    line(0, "/** Written by the build out of the annotations of " + root.name() + ". */");
    line(0, "@SuppressWarnings({\"unchecked\", \"cast\"})");
    line(0, "final class " + CLASS + " {");
    line(1, "private " + CLASS + "() {}");
  }

  private void rootModel() {
    line(1, "static CommandSpec root(" + root.name() + " command, IFactory factory) {");
    line(2, "CommandSpec spec = CommandSpec.wrapWithoutInspection(command, factory);");
    line(2, "add(spec, command);");
    line(2, "return spec.name(\"" + rootName + "\");");
    line(1, "}");
  }

  private void verbModels() {
    line(1, "/** Null for a verb that is not there, or is not known here. */");
    line(1, "static CommandSpec verb(String name, IFactory factory) {");
    line(2, "switch (name) {");
    verbs.forEach(
        (name, verb) -> {
          line(3, "case \"" + name + "\": {");
          line(4, verb.name() + " command = new " + verb.name() + "();");
          line(4, "CommandSpec spec = CommandSpec.wrapWithoutInspection(command, factory);");
          line(4, "add(spec, command);");
          line(4, "return spec.name(name);");
          line(3, "}");
        });
    line(3, "default:");
    line(4, "return null;");
    line(2, "}");
    line(1, "}");
  }

  private void holder(Holder holder) {
    line(1, "private static void add(CommandSpec spec, " + holder.name() + " command) {");
    holder
        .mixins()
        .forEach(
            (field, mixin) -> {
              line(2, "command." + field + " = new " + mixin.name() + "();");
              line(2, "add(spec, command." + field + ");");
            });
    for (int i = 0; i < holder.arguments().size(); i++) {
      argument(holder, i);
    }
    line(1, "}");
    if (!holder.arguments().isEmpty()) {
      field(holder);
    }
  }

  private void argument(Holder holder, int number) {
    Argument argument = holder.arguments().get(number);
    String field = "field" + number;
    String type = fieldClass(holder);
    line(2, type + " " + field + " = new " + type + "(command, " + number + ");");
    line(2, "spec." + (argument.positional() ? "addPositional(" : "addOption("));
    line(4, argument.builder());
    line(4, ".hasInitialValue(false).getter(" + field + ").setter(" + field + ").build());");
  }

  private static String fieldClass(Holder holder) {
    return "FieldOf" + holder.simpleName();
  }

  /** No lambdas: the first of them costs a virtual machine more than the rest of the parsing. */
  private void field(Holder holder) {
    line(1, "private static final class " + fieldClass(holder) + " implements IGetter, ISetter {");
    line(2, "private final " + holder.name() + " of;");
    line(2, "private final int number;");
    line(2, fieldClass(holder) + "(" + holder.name() + " of, int number) {");
    line(3, "this.of = of;");
    line(3, "this.number = number;");
    line(2, "}");
    line(2, "@Override public <T> T get() {");
    line(3, "switch (number) {");
    cases(holder, "case %d: return (T) (Object) of.%s;");
    line(4, "default: throw new IllegalStateException();");
    line(3, "}");
    line(2, "}");
    line(2, "@Override public <T> T set(T value) {");
    line(3, "switch (number) {");
    cases(holder, "case %d: of.%s = (%s) (Object) value; return null;");
    line(4, "default: throw new IllegalStateException();");
    line(3, "}");
    line(2, "}");
    line(1, "}");
  }

  private void cases(Holder holder, String code) {
    for (int i = 0; i < holder.arguments().size(); i++) {
      Argument argument = holder.arguments().get(i);
      line(4, String.format(code, i, argument.field(), argument.type()));
    }
  }
}
