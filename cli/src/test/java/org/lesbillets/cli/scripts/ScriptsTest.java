package org.lesbillets.cli.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.scripts.Scripts.Ran;
import org.lesbillets.tidy.RequiredTools;

class ScriptsTest {

  @Test
  void shellcheckFindsNothing() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RequiredTools.find("shellcheck", "shellcheck").toString());
    Scripts.all().forEach(script -> command.add(script.toString()));
    Ran ran = Scripts.run(Map.of("LC_ALL", "C.UTF-8"), Scripts.root(), command);
    assertEquals(new Ran(0, "", ""), ran);
  }

  @Test
  void everyScriptCanBeRunAndIsNarrow() throws Exception {
    for (Path script : Scripts.all()) {
      assertTrue(Files.isExecutable(script), script::toString);
      for (String line : Files.readAllLines(script)) {
        assertTrue(line.length() <= 100, () -> script + ": " + line);
      }
    }
  }
}
