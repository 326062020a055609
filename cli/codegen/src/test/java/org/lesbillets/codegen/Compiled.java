package org.lesbillets.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One source file, compiled with the processor.
 *
 * @param notes what the processor said
 * @param models the source it wrote; "" if none
 */
record Compiled(List<String> errors, List<String> notes, String models) {

  /**
   * @param verbs the classes of a package {@code p}, without its imports
   */
  static Compiled of(Path folder, String verbs) {
    String source =
        "package p; import picocli.CommandLine.*; import java.util.*; class Verbs {}\n" + verbs;
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            new StringWriter(), null, said, options, null, List.of(new InMemory(source)));
    task.setProcessors(List.of(new VerbProcessor()));
    task.call();
    return new Compiled(
        told(said, Diagnostic.Kind.ERROR), told(said, Diagnostic.Kind.NOTE), models(folder));
  }

  private static List<String> told(DiagnosticCollector<JavaFileObject> said, Diagnostic.Kind kind) {
    return said.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == kind)
        .map(diagnostic -> diagnostic.getMessage(null))
        .filter(text -> !text.contains("unchecked or unsafe"))
        .toList();
  }

  private static String models(Path folder) {
    try {
      Path file = folder.resolve("p/VerbModels.java");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String source;

    InMemory(String source) {
      super(URI.create("memory:///p/Verbs.java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return source;
    }
  }
}
