package org.lesbillets.codegen;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * A field that an option or a positional parameter sets.
 *
 * @param type as it is written in code
 * @param builder the expression that makes its picocli builder, all but getter and setter
 */
record Argument(String field, String type, boolean positional, String builder) {
  /** What a person reads is not looked at: a line that needs it is parsed by reflection. */
  private static final Set<String> FOR_PEOPLE =
      Set.of(
          "description",
          "descriptionKey",
          "paramLabel",
          "order",
          "hidden",
          "hideParamSyntax",
          "showDefaultValue",
          "completionCandidates");

  /** Each has a method of the same name in the builder, and takes what was written. */
  private static final Set<String> PLAIN =
      Set.of(
          "arity",
          "index",
          "required",
          "usageHelp",
          "versionHelp",
          "fallbackValue",
          "defaultValue");

  static Argument option(VariableElement field, Map<String, AnnotationValue> said, Types types)
      throws UnsupportedAnnotationException {
    String names =
        Annotations.parts(said.get("names")).stream()
            .map(name -> '"' + name.toString() + '"')
            .collect(Collectors.joining(", "));
    return of(field, said, types, "OptionSpec.builder(" + names + ")");
  }

  static Argument positional(VariableElement field, Map<String, AnnotationValue> said, Types types)
      throws UnsupportedAnnotationException {
    if (!said.containsKey("arity") && isGeneric(field.asType())) {
      throw new UnsupportedAnnotationException(
          "how many values " + field + " takes, which is not written");
    }
    String arity = said.containsKey("arity") ? said.get("arity").getValue().toString() : "1";
    boolean required = !arity.startsWith("0");
    return of(field, said, types, "PositionalParamSpec.builder().required(" + required + ")");
  }

  private static boolean isGeneric(TypeMirror type) {
    return type instanceof DeclaredType declared && !declared.getTypeArguments().isEmpty();
  }

  private static Argument of(
      VariableElement field, Map<String, AnnotationValue> said, Types types, String start)
      throws UnsupportedAnnotationException {
    if (field.getModifiers().contains(Modifier.PRIVATE)) {
      throw new UnsupportedAnnotationException("the private field " + field);
    }
    StringBuilder builder = new StringBuilder(start).append(type(field.asType(), types));
    for (Map.Entry<String, AnnotationValue> one : said.entrySet()) {
      builder.append(call(one.getKey(), one.getValue()));
    }
    boolean positional = start.startsWith("Positional");
    return new Argument(
        field.getSimpleName().toString(), field.asType().toString(), positional, "" + builder);
  }

  private static String type(TypeMirror type, Types types) throws UnsupportedAnnotationException {
    StringBuilder calls = new StringBuilder(".type(" + types.erasure(type) + ".class)");
    boolean several = isGeneric(type) || type.getKind() == TypeKind.ARRAY;
    if (several && !types.erasure(type).toString().equals("java.util.List")) {
      throw new UnsupportedAnnotationException("several values that are no list, but a " + type);
    }
    if (several) {
      List<String> parts =
          ((DeclaredType) type)
              .getTypeArguments().stream().map(part -> types.erasure(part) + ".class").toList();
      calls.append(".auxiliaryTypes(").append(String.join(", ", parts)).append(")");
    }
    return calls.toString();
  }

  private static String call(String attribute, AnnotationValue value)
      throws UnsupportedAnnotationException {
    if (attribute.equals("names") || FOR_PEOPLE.contains(attribute)) {
      return "";
    }
    if (PLAIN.contains(attribute)) {
      return "." + attribute + "(" + value + ")";
    }
    return switch (attribute) {
      case "scope" -> ".scopeType(ScopeType." + value.getValue() + ")";
      case "converter" -> ".converters(" + made(value) + ")";
      case "preprocessor" -> ".preprocessor(" + made(value) + ")";
      default -> throw new UnsupportedAnnotationException("the attribute " + attribute);
    };
  }

  private static String made(AnnotationValue classes) {
    return Annotations.classes(classes).stream()
        .map(type -> "new " + type.getQualifiedName() + "()")
        .collect(Collectors.joining(", "));
  }
}
