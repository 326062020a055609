package org.lesbillets.cli.command.lock;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Has {@code --wait} take a value only with {@code =}: what stands behind it is not its own. */
final class OnlyAttached implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    if (!"=".equals(info.get("separator"))) {
      args.push(LockConverters.OfWait.FOREVER);
    }
    return false;
  }
}
