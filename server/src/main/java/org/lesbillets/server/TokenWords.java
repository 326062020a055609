package org.lesbillets.server;

import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.TokenEntry;
import org.lesbillets.server.auth.TokenException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** What the token commands have in common: how they read words, and how they fail. */
final class TokenWords {
  private TokenWords() {}

  /** Reads a name. */
  static final class ToAgentName implements ITypeConverter<AgentName> {
    @Override
    public AgentName convert(String text) {
      try {
        return new AgentName(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' cannot be a name: " + e.getMessage());
      }
    }
  }

  /** Reads a role. */
  static final class ToRole implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return TokenEntry.role(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is no role: it is reader, agent or admin"));
    }
  }

  /** Does it, or says on the error stream why not; the exit code. */
  static int report(CommandSpec spec, Runnable work) {
    try {
      work.run();
      return 0;
    } catch (TokenException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
