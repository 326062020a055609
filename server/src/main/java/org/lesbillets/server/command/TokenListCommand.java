package org.lesbillets.server.command;

import java.io.PrintWriter;
import org.lesbillets.server.auth.TokenEntry;
import org.lesbillets.server.auth.TokenStore;
import picocli.CommandLine.Command;

/** {@code billets-server token list}: name, role and time of creation, separated by tabs. */
@Command(name = "list", description = "List the tokens: name, role, created.")
final class TokenListCommand extends TokenVerb {
  @Override
  void run(TokenStore store, PrintWriter out) {
    for (TokenEntry entry : store.list()) {
      out.println(entry.name() + "\t" + entry.role().wireName() + "\t" + entry.created());
    }
  }
}
