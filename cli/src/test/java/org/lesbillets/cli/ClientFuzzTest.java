package org.lesbillets.cli;

import org.junit.jupiter.api.Test;
import org.lesbillets.cli.command.bulk.format.ImportFuzz;
import org.lesbillets.cli.command.edit.TemplateFuzz;
import org.lesbillets.cli.text.TextFuzz;
import org.lesbillets.cli.tui.terminal.KeysFuzz;
import org.lesbillets.model.FuzzReplay;

/** What fuzzing found once in files, keys and texts stays fixed. */
class ClientFuzzTest {
  @Test
  void importedFiles() throws Exception {
    FuzzReplay.run("ImportFuzz", ImportFuzz::fuzzerTestOneInput);
  }

  @Test
  void editTemplates() throws Exception {
    FuzzReplay.run("TemplateFuzz", TemplateFuzz::fuzzerTestOneInput);
  }

  @Test
  void texts() throws Exception {
    FuzzReplay.run("TextFuzz", TextFuzz::fuzzerTestOneInput);
  }

  @Test
  void terminalKeys() throws Exception {
    FuzzReplay.run("KeysFuzz", KeysFuzz::fuzzerTestOneInput);
  }
}
