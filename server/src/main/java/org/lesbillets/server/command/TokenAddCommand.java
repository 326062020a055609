package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code billets-server token add}: prints the new token, alone, the only time it is shown. */
@Command(
    name = "add",
    description = "Make a token and print it, the only time it is shown.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  (umask 077; billets-server token add bob >bob.token)",
      "  billets-server token add monitor --role reader --data /srv/billets",
      "  (umask 077; billets-server token add bob -o json | jq -r .token >bob.token)"
    })
final class TokenAddCommand extends TokenVerb {
  @Parameters(
      paramLabel = "NAME",
      description = "Who it is for.",
      converter = TokenConverters.ToAgentName.class)
  private AgentName name;

  @Option(
      names = "--role",
      paramLabel = "reader|agent|admin",
      description = "What it allows. Default: agent.",
      converter = TokenConverters.ToRole.class)
  private Role role = Role.AGENT;

  private String token;

  @Override
  void run(TokenStore store) {
    token = store.add(name, role);
  }

  @Override
  List<String> lines() {
    return List.of(token);
  }

  @Override
  void write(JsonWriter json) throws IOException {
    json.beginObject().name("name").value(name.value());
    json.name("role").value(role.wireName()).name("token").value(token).endObject();
  }
}
