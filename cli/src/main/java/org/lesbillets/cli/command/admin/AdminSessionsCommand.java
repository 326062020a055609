package org.lesbillets.cli.command.admin;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.AdminMessage;
import picocli.CommandLine.Command;

/** The verb {@code admin sessions}. */
@Command(
    name = "sessions",
    description = {
      "Who is connected, since when, and how far behind.",
      "This connection is one of them. Who is far behind reads too slowly, and is cut before the"
          + " server runs out of memory."
    },
    customSynopsis = "billets admin sessions",
    footer = {"  billets admin sessions", "  billets admin sessions -o json"})
final class AdminSessionsCommand implements Verb {
  @Override
  public void run(CommandContext context) {
    try (TicketService service = context.adminService()) {
      AdminAnswer.Sessions answer =
          service.administer(AdminMessage.ListSessions::new, AdminAnswer.Sessions.class);
      context.print().sessions(answer.sessions());
    }
  }
}
