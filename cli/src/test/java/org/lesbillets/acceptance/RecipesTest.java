package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.tidy.RequiredTools;

/**
 * What recipes of docs/scripting.md do to tickets; that they run at all is for PageCommandsTest.
 */
@Timeout(Patience.SECONDS)
@WithServer
class RecipesTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  private static ShellWithBillets shell;

  @BeforeAll
  static void start() throws IOException {
    RequiredTools.find("jq", "jq");
    shell = new ShellWithBillets(folder.resolve("shell"), alice);
  }

  @AfterAll
  static void end() throws IOException {
    shell.close();
  }

  /** The only block of the page that has this text. */
  private static String recipe(String text) throws IOException {
    List<String> found =
        PageCommands.of(Distribution.root().resolve("docs/scripting.md")).blocks().stream()
            .map(block -> String.join("\n", block.lines()))
            .filter(block -> block.contains(text))
            .toList();
    assertEquals(1, found.size(), text);
    return found.get(0);
  }

  @Test
  void undoTakesBackTheLastChangeOfFields() throws IOException {
    String create = "create --title 'Printer on fire' --priority low --tag printer";
    String number = alice.does(create).line();
    String undo = recipe("type: \"UpdateTicket\"").replace("update 1 ", "update " + number + " ");
    undo = undo.replace("history 1 ", "history " + number + " ");
    alice.does("update " + number + " --add-tag kept --title 'Printer out'").exits(0);
    assertEquals(0, shell.run(Map.of(), undo).exit());
    alice.does("show " + number + " --field priority").prints("low");
    alice.does("show " + number + " --field requester").prints("");
    alice.does("show " + number + " --field title").prints("Printer out");
    alice.does("show " + number + " --field tags").prints("printer", "kept");
  }
}
