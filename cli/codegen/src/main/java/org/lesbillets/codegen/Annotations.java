package org.lesbillets.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Picocli's annotations as the compiler sees them. Stateless. */
final class Annotations {
  private static final String PICOCLI = "picocli.CommandLine.";

  private Annotations() {}

  /** What of picocli stands on an element: simple names, each with what was written into it. */
  static Map<String, Map<String, AnnotationValue>> on(Element element) {
    Map<String, Map<String, AnnotationValue>> found = new LinkedHashMap<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String type = mirror.getAnnotationType().toString();
      if (type.startsWith(PICOCLI)) {
        found.put(type.substring(PICOCLI.length()), values(mirror));
      }
    }
    return found;
  }

  private static Map<String, AnnotationValue> values(AnnotationMirror mirror) {
    Map<String, AnnotationValue> values = new LinkedHashMap<>();
    mirror
        .getElementValues()
        .forEach((method, value) -> values.put(method.getSimpleName().toString(), value));
    return values;
  }

  /** The parts of a value that is an array; itself where one was written without braces. */
  static List<Object> parts(AnnotationValue value) {
    if (value.getValue() instanceof List<?> list) {
      return list.stream().map(part -> ((AnnotationValue) part).getValue()).toList();
    }
    return List.of(value.getValue());
  }

  /** The classes a value names; none if there is no value. */
  static List<TypeElement> classes(AnnotationValue value) {
    return value == null
        ? List.of()
        : parts(value).stream()
            .map(part -> (TypeElement) ((DeclaredType) part).asElement())
            .toList();
  }
}
