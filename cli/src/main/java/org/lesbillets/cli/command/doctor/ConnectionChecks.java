package org.lesbillets.cli.command.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TokenSource;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.config.ConfigFile;
import org.lesbillets.cli.config.Settings;
import org.lesbillets.cli.config.SettingsException;
import org.lesbillets.cli.output.Finding;
import org.lesbillets.cli.output.Finding.State;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.place.NoHomeException;

/**
 * The checks from the configuration file to the answer of each server. After a mistake in the file
 * they go on as if there were none. Confined to one thread.
 */
final class ConnectionChecks {
  /** For one server, unless another timeout was typed. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String CONFIG = "config";
  private static final String TOKEN = "token";
  private static final String SERVER = "server";
  private static final String GET_TOKEN =
      "have the administrator make one with 'billets-server token add NAME', and set"
          + " BILLETS_TOKEN_FILE to a file that holds it";

  private static final Path UNIT = Path.of("/lib/systemd/system/billets-server.service");
  private static final String USUAL = "ws://127.0.0.1:" + ServerAddress.DEFAULT_PORT + "/tickets";
  private static final String NOT_NEEDED = "not needed: the socket tells the server who you are";
  private static final String START = "'billets-server' starts one here, --server names another";
  private static final String START_SERVICE =
      "'systemctl start billets-server' starts the one of this machine, which makes the socket"
          + " anew; --server names another";

  private final CommandContext context;
  private final List<Finding> findings;
  private final List<String> warnings = new ArrayList<>();

  /** Whether the server that decided who this is is one that needs no token. */
  private boolean knownBySocket;

  /** Whether a server does not admit this client, which is final. */
  private boolean refused;

  ConnectionChecks(CommandContext context, List<Finding> findings) {
    this.context = context;
    this.findings = findings;
  }

  void run() {
    try {
      Settings settings = checkedFile(context.settingsWarning(warnings::add));
      ClientSettings connection = settings.connection();
      List<Finding> ofToken = new ArrayList<>();
      TokenSource token = checkedToken(connection.token(), ofToken);
      List<Finding> answers = answers(connection, token);
      findings.addAll(knownBySocket ? List.of(Finding.ok(TOKEN, NOT_NEEDED)) : ofToken);
      findings.addAll(answers);
    } catch (SettingsException wrong) {
      // Of a flag, a variable, or the name of a context.
      findings.add(
          Sentences.failure(
              "settings", wrong.getMessage(), "unset or mend it; 'billets context list' helps"));
    } catch (NoHomeException wrong) {
      findings.add(
          Sentences.failure("settings", wrong.getMessage(), "set HOME to your home directory"));
    }
  }

  /**
   * The answers of the servers in their order, up to the first that lets this client in or refuses
   * it, as a connection tries them: what is wrong with those before one that lets it in is worth a
   * warning then.
   */
  private List<Finding> answers(ClientSettings connection, TokenSource token) {
    List<Finding> answers = new ArrayList<>();
    for (ServerAddress server : connection.presentServers()) {
      Finding answer = answer(server, connection, token);
      if (answer.state() == State.OK) {
        knownBySocket = server.socket() != null;
        answers.replaceAll(
            before -> Finding.warning(before.check(), before.found(), before.cure()));
        answers.add(answer);
        return answers;
      }
      answers.add(answer);
      if (refused) {
        knownBySocket = server.socket() != null;
        return answers;
      }
    }
    return answers;
  }

  private Settings checkedFile(Settings settings) {
    ConfigFile file = settings.file();
    try {
      settings.config();
      boolean there = file.path().toFile().exists();
      findings.add(
          Finding.ok(CONFIG, file.path() + (there ? "" : " is not there, and need not be")));
      return settings;
    } catch (SettingsException wrong) {
      findings.add(
          Finding.failure(
              CONFIG,
              wrong.getMessage(),
              "mend it in an editor, or move "
                  + file.path()
                  + " away; what follows was checked without it"));
      return settings.withoutFile();
    }
  }

  /** A source of the token; of none where it cannot be read. */
  private TokenSource checkedToken(TokenSource source, List<Finding> into) {
    try {
      String token = source.token();
      if (token.isEmpty()) {
        into.add(missing(source));
      } else if (warnings.isEmpty()) {
        into.add(Finding.ok(TOKEN, source.file() == null ? "given" : "in " + source.file()));
      } else {
        warnings.forEach(w -> into.add(Sentences.warning(TOKEN, w, GET_TOKEN)));
      }
      return token.isEmpty() ? () -> "" : source;
    } catch (ConnectionException unreadable) {
      into.add(Finding.failure(TOKEN, unreadable.getMessage(), GET_TOKEN));
      return () -> "";
    }
  }

  /** Whether a server is installed as a service of this machine. */
  private static boolean isService() {
    return Files.exists(UNIT);
  }

  private static Finding missing(TokenSource source) {
    return Finding.failure(
        TOKEN,
        "there is none: "
            + (source.file() == null ? "the local token" : source.file())
            + " is not there, which a server of your own makes at its first start",
        (isService()
                ? "the server of this machine needs none, once it runs; for another, "
                : "start one with 'billets-server'; for a server of somebody else, ")
            + GET_TOKEN);
  }

  private Finding answer(ServerAddress server, ClientSettings settings, TokenSource token) {
    Duration patience = context.flags().timeout() == null ? PATIENCE : settings.timeout();
    ClientSettings one =
        new ClientSettings(List.of(server), token, patience).trusting(settings.trust());
    try (TicketService service = context.serviceOf(one)) {
      Welcome welcome = service.welcome();
      return Finding.ok(
          SERVER, server + " knows you as " + welcome.agent() + ", " + welcome.role().wireName());
    } catch (ConnectionException failed) {
      return failure(server, failed, token);
    }
  }

  private Finding failure(ServerAddress server, ConnectionException failed, TokenSource token) {
    String sentence = failed.getMessage();
    refused = failed.kind() == Kind.FORBIDDEN;
    if (failed.kind() == Kind.UNAUTHORIZED) {
      boolean sent = token.file() != null || !token.identity().isEmpty();
      return sent
          ? Finding.failure(SERVER, server + " does not know this token", GET_TOKEN)
          : Finding.ok(SERVER, server + " is there, and lets in who has a token");
    }
    return failed.kind() == Kind.UNREACHABLE
        ? Sentences.failureAlso(SERVER, sentence, start(server))
        : Sentences.failure(SERVER, sentence, "look at what answers there");
  }

  private static String start(ServerAddress server) {
    boolean usual = server.toString().equals(USUAL) && isService();
    return server.socket() != null || usual ? START_SERVICE : START;
  }
}
