package org.lesbillets.cli.command;

import java.util.List;

/** A verb that can run a child process, whose command line follows {@code --}. */
public interface RunsChildProcess extends Verb {
  /**
   * Takes the words behind {@code --}, before it runs.
   *
   * @param words perhaps none
   */
  void command(List<String> words);
}
