package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code billets-server token revoke}: sessions that came with the token are cut. */
@Command(
    name = "revoke",
    description = "Revoke a token, and end the sessions that came with it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server token revoke bob",
      "  billets-server token revoke bob --data /srv/billets -o json"
    })
final class TokenRevokeCommand extends TokenVerb {
  @Parameters(
      paramLabel = "NAME",
      description = "Whose it is.",
      converter = TokenConverters.ToAgentName.class)
  private AgentName name;

  @Override
  void run(TokenStore store) {
    store.revoke(name);
  }

  @Override
  List<String> lines() {
    return List.of();
  }

  @Override
  void write(JsonWriter json) throws IOException {
    json.beginObject().name("name").value(name.value()).name("revoked").value(true).endObject();
  }
}
