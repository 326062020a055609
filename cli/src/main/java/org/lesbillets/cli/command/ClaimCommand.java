package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Claims the next ticket. */
@Command(
    name = "claim",
    description = {
      "Take the next free ticket: lock it and assign it to oneself in one step.",
      "The most urgent first, then the oldest, of the open ones that match, that nobody holds"
          + " and that are nobody's. Prints number and token; ends with 3 when there is none.",
      "",
      "With a command behind --, it runs as under billets lock."
    },
    customSynopsis = "billets claim [QUERY…] [--ttl DUR] [--note T] [-- CMD [ARG…]]",
    footer = {
      "  billets claim tag:printer --note 'on my way'",
      "  while billets claim tag:bot -- ./handle-one.sh; do :; done"
    })
final class ClaimCommand implements RunsCommand {
  @Mixin QueryWords query;
  @Mixin LockOptions options;

  private CommandWords command;

  @Override
  public void command(List<String> words) {
    command = new CommandWords(words);
  }

  ClientMessage.ClaimTicket change() {
    return new ClientMessage.ClaimTicket(
        null, null, query.query(), null, options.terms(command != null));
  }

  @Override
  public void run(Invocation invocation) {
    ClientMessage.ClaimTicket change = change();
    if (command != null) {
      command.find(invocation);
    }
    EventMessage claimed = invocation.desk().change(change);
    GrantedLock lock = new GrantedLock(invocation, claimed, true);
    if (command == null) {
      lock.print(() -> invocation.print().claimed(claimed));
    } else {
      new HeldCommand(invocation, command).run(lock);
    }
  }
}
