package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesbillets.server.auth.FileTokenStore;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb below {@code billets-server token}: 0 when it is done, 1 with the reason on stderr. */
abstract class TokenVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private OutputOption output;

  /** Does the work; failures are a {@link org.lesbillets.server.auth.TokenException}. */
  abstract void run(TokenStore store);

  /** What is printed as text, once it is done. */
  abstract List<String> lines();

  /** Writes the one value that is printed as JSON, once it is done. */
  abstract void write(JsonWriter json) throws IOException;

  @Override
  public final Integer call() {
    run(new FileTokenStore(data.directory()));
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      OutputOption.print(out, this::write);
    } else {
      lines().forEach(out::println);
    }
    return CommandLine.ExitCode.OK;
  }
}
