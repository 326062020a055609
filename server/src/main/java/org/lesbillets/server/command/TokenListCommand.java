package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.lesbillets.server.auth.TokenEntry;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;

/** {@code billets-server token list}: name, role and time of creation, separated by tabs. */
@Command(
    name = "list",
    description = "List the tokens: name, role, created.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server token list",
      "  billets-server token list -o json | jq -r '.[].name'"
    })
final class TokenListCommand extends TokenVerb {
  private List<TokenEntry> entries;

  @Override
  void run(TokenStore store) {
    entries = store.list();
  }

  @Override
  List<String> lines() {
    return entries.stream()
        .map(entry -> entry.name() + "\t" + entry.role().wireName() + "\t" + entry.created())
        .toList();
  }

  @Override
  void write(JsonWriter json) throws IOException {
    json.beginArray();
    for (TokenEntry entry : entries) {
      json.beginObject().name("name").value(entry.name().value());
      json.name("role").value(entry.role().wireName());
      json.name("created").value(entry.created().toString()).endObject();
    }
    json.endArray();
  }
}
