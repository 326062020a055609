package org.lesbillets.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerEnvironmentTest {
  private static Map<String, String> restored(String note) {
    Map<String, String> variables = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "LANG", "C"));
    CallerEnvironment.restore(variables, note);
    return variables;
  }

  @Test
  void whatWasNotSetIsNotSet() {
    assertEquals(Map.of("LANG", "C"), restored("LC_ALL"));
  }

  @ParameterizedTest
  @CsvSource({"LC_ALL=, ''", "LC_ALL=C, C", "LC_ALL=a=b@euro, a=b@euro"})
  void whatWasSetIsSetAgain(String note, String value) {
    assertEquals(Map.of("LANG", "C", "LC_ALL", value), restored(note));
  }

  @Test
  void nothingIsChangedWhereTheLauncherChangedNothing() {
    assertEquals(Map.of("LANG", "C", "LC_ALL", "C.UTF-8"), restored(null));
  }

  @Test
  void whatJavaGoesByIsAsItWas() {
    Map<String, String> variables = new HashMap<>(Map.of("_JAVA_SR_SIGNUM", "16"));
    CallerEnvironment.restore(variables, "_JAVA_SR_SIGNUM", "");
    CallerEnvironment.restore(variables, "JAVA_TOOL_OPTIONS", "=-Da=b -Dc");
    CallerEnvironment.restore(variables, "JDK_JAVA_OPTIONS", "=");
    CallerEnvironment.restore(variables, "_JAVA_OPTIONS", null);
    assertEquals(Map.of("JAVA_TOOL_OPTIONS", "-Da=b -Dc", "JDK_JAVA_OPTIONS", ""), variables);
  }
}
