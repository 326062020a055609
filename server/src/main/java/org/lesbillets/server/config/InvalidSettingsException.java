package org.lesbillets.server.config;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The environment or the file has problems. The message has a line for each, with its place. */
public final class InvalidSettingsException extends ParameterException {
  private final transient List<SettingProblem> problems;

  InvalidSettingsException(CommandLine command, List<SettingProblem> problems) {
    super(
        command,
        problems.stream()
            .map(problem -> "billets-server: " + problem)
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one by one. */
  public List<SettingProblem> problems() {
    return problems;
  }
}
