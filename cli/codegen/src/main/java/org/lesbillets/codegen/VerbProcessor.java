package org.lesbillets.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes a class VerbModels beside each root command: the picocli model of the root's own options,
 * and that of any one verb below it, without a reflective look at the annotations it stands for.
 * Fields that are not public can only be set from their own package, so that every other package
 * with a verb or a mixin gets a class of its own, to which VerbModels delegates.
 *
 * <p>A verb of which more is said than the models know is left out, with a note: then picocli reads
 * its annotations when billets runs.
 */
@SupportedAnnotationTypes("picocli.CommandLine.Command")
public final class VerbProcessor extends AbstractProcessor {
  private static final Set<String> KNOWN =
      Set.of("name", "description", "customSynopsis", "footer", "header", "hidden");

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> commands = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      commands.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)));
    }
    Set<TypeElement> roots = new LinkedHashSet<>(commands);
    for (TypeElement command : commands) {
      List<TypeElement> below = verbs(command);
      below.forEach(roots::remove);
      if (below.isEmpty()) {
        roots.remove(command);
      }
    }
    roots.forEach(this::write);
    return false;
  }

  private static Map<String, AnnotationValue> said(Element command) {
    return Annotations.on(command).get("Command");
  }

  private static List<TypeElement> verbs(TypeElement command) {
    return Annotations.classes(said(command).get("subcommands"));
  }

  private void write(TypeElement root) {
    Holder of;
    try {
      of = Holder.of(root, processingEnv.getTypeUtils());
    } catch (UnsupportedAnnotationException e) {
      note(root, e);
      return;
    }
    Map<String, Holder> verbs = new LinkedHashMap<>();
    for (TypeElement verb : verbs(root)) {
      try {
        verbs.put(verbName(verb), verb(verb));
      } catch (UnsupportedAnnotationException e) {
        note(verb, e);
      }
    }
    VerbTree tree = new VerbTree(verbName(root), of, verbs);
    for (String packageName : tree.packages()) {
      write(new ModelWriter(tree, packageName), root);
    }
  }

  private void write(ModelWriter writer, TypeElement root) {
    try (Writer file =
        processingEnv.getFiler().createSourceFile(writer.name(), root).openWriter()) {
      file.write(writer.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String verbName(TypeElement command) {
    return said(command).get("name").getValue().toString();
  }

  private Holder verb(TypeElement verb) throws UnsupportedAnnotationException {
    for (String attribute : said(verb).keySet()) {
      if (!KNOWN.contains(attribute)) {
        throw new UnsupportedAnnotationException("the attribute " + attribute);
      }
    }
    return Holder.of(verb, processingEnv.getTypeUtils());
  }

  private void note(TypeElement command, UnsupportedAnnotationException why) {
    String sentence = command.getSimpleName() + " is read when billets runs: " + why.getMessage();
    processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, sentence);
  }
}
