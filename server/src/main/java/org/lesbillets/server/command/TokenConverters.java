package org.lesbillets.server.command;

import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.TokenEntry;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of the token commands' arguments. Stateless. */
final class TokenConverters {
  private TokenConverters() {}

  /** Converter of NAME. */
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

  /** Converter of --role. */
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
}
