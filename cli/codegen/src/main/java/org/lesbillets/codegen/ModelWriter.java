package org.lesbillets.codegen;

import java.util.List;

/** Writes the source of the class of models of one package. For one thread, once. */
final class ModelWriter {
  private final VerbTree tree;
  private final String packageName;
  private final StringBuilder text = new StringBuilder();

  ModelWriter(VerbTree tree, String packageName) {
    this.tree = tree;
    this.packageName = packageName;
  }

  /** The qualified name of the class. */
  String name() {
    return tree.className(packageName);
  }

  String text() {
    text.setLength(0);
    head();
    if (tree.isOfRoot(packageName)) {
      rootModel();
    }
    verbModels();
    tree.holders(packageName).forEach(this::holder);
    line(0, "}");
    return text.toString();
  }

  private void line(int depth, String code) {
    text.append("  ".repeat(depth)).append(code).append('\n');
  }

  private void head() {
    line(0, "package " + packageName + ";");
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
    String simpleName = tree.simpleClassName(packageName);
    line(0, "/** Written by the build out of the annotations of " + tree.root().name() + ". */");
    line(0, "@SuppressWarnings({\"unchecked\", \"cast\"})");
    line(0, "public final class " + simpleName + " {");
    line(1, "private " + simpleName + "() {}");
  }

  private void rootModel() {
    line(
        1,
        "public static CommandSpec root(" + tree.root().name() + " command, IFactory factory) {");
    line(2, "CommandSpec spec = CommandSpec.wrapWithoutInspection(command, factory);");
    line(2, "add(spec, command);");
    line(2, "return spec.name(\"" + tree.rootName() + "\");");
    line(1, "}");
  }

  /** The root's class knows all verbs, every other class those of its package. */
  private void verbModels() {
    line(1, "/** Null for a verb that is not there, or is not known here. */");
    line(1, "public static CommandSpec verb(String name, IFactory factory) {");
    line(2, "switch (name) {");
    tree.verbs().forEach(this::verbModel);
    line(3, "default:");
    line(4, "return null;");
    line(2, "}");
    line(1, "}");
  }

  private void verbModel(String name, Holder verb) {
    boolean own = verb.packageName().equals(packageName);
    if (!own && !tree.isOfRoot(packageName)) {
      return;
    }
    line(3, "case \"" + name + "\": {");
    if (own) {
      line(4, verb.name() + " command = new " + verb.name() + "();");
      line(4, "CommandSpec spec = CommandSpec.wrapWithoutInspection(command, factory);");
      line(4, "add(spec, command);");
      line(4, "return spec.name(name);");
    } else {
      line(4, "return " + tree.className(verb.packageName()) + ".verb(name, factory);");
    }
    line(3, "}");
  }

  private void holder(Holder holder) {
    line(1, "public static void add(CommandSpec spec, " + holder.name() + " command) {");
    holder
        .mixins()
        .forEach(
            (field, mixin) -> {
              line(2, "command." + field + " = new " + mixin.name() + "();");
              line(2, tree.className(mixin.packageName()) + ".add(spec, command." + field + ");");
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
