package org.lesbillets.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Source files, compiled with the processor.
 *
 * @param notes what the processor said
 * @param models the source it wrote; "" if none
 */
record Compiled(List<String> errors, List<String> notes, String models) {

  /**
   * @param verbs the classes of a package {@code p}, without its imports
   */
  static Compiled of(Path folder, String verbs) {
    return of(
        folder,
        List.of(
            new InMemory(
                "p/Verbs",
                "package p; import picocli.CommandLine.*; import java.util.*; class Verbs {}\n"
                    + verbs)));
  }

  /**
   * @param sources whole, by their paths without the extension; the root command is in {@code p}
   */
  static Compiled of(Path folder, Map<String, String> sources) {
    return of(
        folder,
        sources.entrySet().stream().map(s -> new InMemory(s.getKey(), s.getValue())).toList());
  }

  private static Compiled of(Path folder, List<InMemory> sources) {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    JavaCompiler.CompilationTask task =
        compiler.getTask(new StringWriter(), null, said, options, null, sources);
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

    InMemory(String path, String source) {
      super(URI.create("memory:///" + path + ".java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return source;
    }
  }
}
