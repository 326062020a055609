package org.lesbillets.model.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.tools.ToolProvider;

/**
 * Adds a field to a copy of TicketField, and runs a probe in a program that has it: nothing else is
 * compiled again, so whatever the probe finds follows from the one description.
 */
public final class AddedField {
  public static final String NAME = "sparePart";

  private static final String SOURCE = "src/main/java/org/lesbillets/model/field/TicketField.java";
  private static final String BEHIND = "  /** Every field, in the order of the wire. */\n";
  private static final String DECLARED =
      "  public static final TicketField<String> SPARE_PART =\n"
          + "      new TicketField<>(\"sparePart\", text(Form.LINE, 20), \"what to order\");\n\n";

  private AddedField() {}

  /** The field, in the program that has it. */
  @SuppressWarnings("unchecked")
  public static TicketField<String> field() {
    return (TicketField<String>) TicketField.called(NAME);
  }

  /**
   * Runs a probe in the program with the field.
   *
   * @param folder for classes; the probe is given it, too
   */
  @SuppressWarnings("unchecked")
  public static void probe(Path folder, Class<? extends Consumer<Path>> probe) throws Exception {
    List<URL> classes = new ArrayList<>();
    classes.add(compiled(folder).toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classes.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(classes.toArray(URL[]::new), platform)) {
      Class<?> again = loader.loadClass(probe.getName());
      Object made = again.getDeclaredConstructor().newInstance();
      ((Consumer<Path>) made).accept(folder);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static Path compiled(Path folder) throws IOException {
    String source = Files.readString(source());
    assertTrue(source.contains(BEHIND), "where the fields end");
    Path changed = folder.resolve("TicketField.java");
    Files.writeString(changed, source.replace(BEHIND, DECLARED + BEHIND));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String path = System.getProperty("java.class.path");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                path,
                "-d",
                classes.toString(),
                changed.toString());
    assertEquals(0, code, "the copy compiles");
    return classes;
  }

  private static Path source() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path own = module.resolve(SOURCE);
    return Files.exists(own) ? own : module.resolveSibling("model").resolve(SOURCE);
  }
}
