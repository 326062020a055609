package org.lesbillets.acceptance;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Starts and closes the server of a class that is {@link WithServer}. Stateless. */
final class ServerExtension implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) throws IllegalAccessException {
    Class<?> test = context.getRequiredTestClass();
    Field folder = fields(test, field -> field.isAnnotationPresent(TempDir.class)).get(0);
    List<Field> agents = fields(test, field -> field.isAnnotationPresent(WithServer.Agent.class));
    List<String> names = agents.stream().map(Field::getName).toList();
    Map<String, Billets> known = new TreeMap<>();
    server(test).set(null, ServerProcess.startKnowing((Path) folder.get(null), names, known));
    for (Field agent : agents) {
      agent.set(null, known.get(agent.getName()));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IllegalAccessException {
    ServerProcess server = (ServerProcess) server(context.getRequiredTestClass()).get(null);
    if (server != null) {
      server.close();
    }
  }

  private static Field server(Class<?> test) {
    return fields(test, field -> field.getType() == ServerProcess.class).get(0);
  }

  private static List<Field> fields(Class<?> test, Predicate<Field> wanted) {
    List<Field> fields =
        Arrays.stream(test.getDeclaredFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(wanted)
            .toList();
    fields.forEach(field -> field.setAccessible(true));
    return fields;
  }
}
