package org.lesbillets.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * A class with fields that are set by parsing: a verb, or what several verbs share.
 *
 * @param mixins by the name of their field
 */
record Holder(TypeElement type, List<Argument> arguments, Map<String, Holder> mixins) {

  /**
   * @throws UnsupportedAnnotationException if something stands in it that the code to be written
   *     cannot say
   */
  static Holder of(TypeElement type, Types types) throws UnsupportedAnnotationException {
    if (type.getSuperclass().getKind() != TypeKind.NONE
        && !type.getSuperclass().toString().equals("java.lang.Object")) {
      throw new UnsupportedAnnotationException("the superclass of " + type);
    }
    if (!isMadeWithoutArguments(type)) {
      throw new UnsupportedAnnotationException("the constructor of " + type);
    }
    List<Argument> arguments = new ArrayList<>();
    Map<String, Holder> mixins = new LinkedHashMap<>();
    for (Element member : type.getEnclosedElements()) {
      for (var said : Annotations.on(member).entrySet()) {
        if (said.getKey().equals("Mixin")) {
          mixins.put(member.getSimpleName().toString(), mixin(member, types));
        } else {
          arguments.add(argument(member, said, types));
        }
      }
    }
    return new Holder(type, List.copyOf(arguments), mixins);
  }

  private static boolean isMadeWithoutArguments(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .anyMatch(
            constructor ->
                constructor.getParameters().isEmpty()
                    && !constructor.getModifiers().contains(Modifier.PRIVATE));
  }

  private static Holder mixin(Element member, Types types) throws UnsupportedAnnotationException {
    if (member.getModifiers().contains(Modifier.PRIVATE)) {
      throw new UnsupportedAnnotationException("the private field " + member);
    }
    return of((TypeElement) ((DeclaredType) member.asType()).asElement(), types);
  }

  private static Argument argument(
      Element member, Map.Entry<String, Map<String, AnnotationValue>> said, Types types)
      throws UnsupportedAnnotationException {
    if (member.getKind() == ElementKind.FIELD) {
      VariableElement field = (VariableElement) member;
      switch (said.getKey()) {
        case "Option":
          return Argument.option(field, said.getValue(), types);
        case "Parameters":
          return Argument.positional(field, said.getValue(), types);
        default:
          break;
      }
    }
    throw new UnsupportedAnnotationException("@" + said.getKey() + " on " + member);
  }

  String name() {
    return type.getQualifiedName().toString();
  }

  String packageName() {
    Element enclosing = type;
    while (enclosing.getKind() != ElementKind.PACKAGE) {
      enclosing = enclosing.getEnclosingElement();
    }
    return ((PackageElement) enclosing).getQualifiedName().toString();
  }

  String simpleName() {
    return type.getSimpleName().toString();
  }
}
