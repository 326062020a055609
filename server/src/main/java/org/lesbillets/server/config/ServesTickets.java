package org.lesbillets.server.config;

/** The command whose options are the settings. */
public interface ServesTickets {
  /**
   * Checks the options together, without serving.
   *
   * @throws picocli.CommandLine.ParameterException if they contradict one another
   * @throws RuntimeException if a file that they name cannot be used; the message says why
   */
  void check();
}
