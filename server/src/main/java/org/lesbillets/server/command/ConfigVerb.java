package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.config.ServesTickets;
import org.lesbillets.server.config.SettingProblem;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A verb below {@code billets-server config}: 0, or 2 with all problems on stderr. */
abstract class ConfigVerb implements Callable<Integer> {
  private static final String SERVE = "serve";

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  /** The file that was named; null for the usual one. */
  abstract Path named();

  /** Whether what the settings name on this machine is looked at, too. */
  abstract boolean checksTogether();

  /** What is printed as text. */
  abstract List<String> lines(ServerSettings settings);

  /** The members of the JSON object beside {@code file} and {@code problems}. */
  abstract void write(JsonWriter json, ServerSettings settings) throws IOException;

  @Override
  public final Integer call() {
    CommandLine serve = spec.root().subcommands().get(SERVE);
    ServerSettings settings = ServerSettings.read(serve.getCommandSpec(), named(), System.getenv());
    List<SettingProblem> problems = new ArrayList<>(settings.problems());
    if (problems.isEmpty() && checksTogether()) {
      problems.addAll(together(serve, settings));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      OutputOption.print(out, json -> write(json, settings, problems));
    } else {
      problems.forEach(spec.commandLine().getErr()::println);
      if (problems.isEmpty()) {
        lines(settings).forEach(out::println);
      }
    }
    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
  }

  /** What is wrong with the settings though each of them makes sense. */
  private static List<SettingProblem> together(CommandLine serve, ServerSettings settings) {
    ParseResult nothingGiven = serve.parseArgs();
    settings.apply(serve.getCommandSpec(), nothingGiven);
    try {
      serve.<ServesTickets>getCommand().check();
      return List.of();
    } catch (RuntimeException e) {
      return List.of(new SettingProblem(null, 0, 0, e.getMessage()));
    }
  }

  private void write(JsonWriter json, ServerSettings settings, List<SettingProblem> problems)
      throws IOException {
    json.beginObject();
    json.name("file").value(settings.file() == null ? null : settings.file().toString());
    write(json, settings);
    json.name("problems").beginArray();
    for (SettingProblem problem : problems) {
      json.beginObject();
      if (problem.line() > 0) {
        json.name("line").value(problem.line()).name("column").value(problem.column());
      }
      json.name("message").value(problem.toString()).endObject();
    }
    json.endArray().endObject();
  }
}
