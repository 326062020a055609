package org.lesbillets.acceptance;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    ServerProcess server = ServerProcess.start((Path) folder.get(null));
    server(test).set(null, server);
    for (Field agent : fields(test, field -> field.isAnnotationPresent(WithServer.Agent.class))) {
      agent.set(null, server.newAgent(agent.getName()));
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
