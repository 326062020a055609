package org.lesbillets.cli.command;

import java.util.List;

/** A verb that can run a command, which stands behind {@code --}. */
public interface RunsChildProcess extends Verb {
  /**
   * Takes the words behind {@code --}, before it runs.
   *
   * @param words perhaps none
   */
  void command(List<String> words);
}
