package org.lesbillets.cli.command.admin;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.AdminReport;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ServerMessage.Pong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code admin kick}: ends one session. */
@Command(
    name = "kick",
    description = {
      "End one connection.",
      "Its program is told who ended it and why, and ends with code 4; a live view stays, and"
          + " connects again only when its user says so. Locks and changes stay as they are. To"
          + " keep somebody out, revoke the token first: billets-server token revoke NAME."
    },
    customSynopsis = "billets admin kick ID [--reason T]",
    footer = {"  billets admin kick s17", "  billets admin kick s17 --reason 'your script loops'"})
final class AdminKickCommand implements Verb {
  @Parameters(paramLabel = "ID", description = "As in billets admin sessions.")
  String id;

  @Option(names = "--reason", paramLabel = "T", description = "Why, for its user.")
  String reason;

  @Override
  public void run(CommandContext context) {
    try (TicketService service = context.adminService()) {
      service.administer(
          request -> new AdminMessage.KickSession(request, id, Converters.textOrNull(reason)),
          Pong.class);
    }
    context.print().administered(AdminReport.of("Session " + id + " is ended.", "session", id));
  }
}
