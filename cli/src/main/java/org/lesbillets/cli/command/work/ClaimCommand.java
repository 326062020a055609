package org.lesbillets.cli.command.work;

import java.util.List;
import org.lesbillets.cli.client.lock.LockWaiter;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.command.lock.ChildCommand;
import org.lesbillets.cli.command.lock.GrantGuard;
import org.lesbillets.cli.command.lock.GrantedLock;
import org.lesbillets.cli.command.lock.LockConverters;
import org.lesbillets.cli.command.lock.LockOptions;
import org.lesbillets.cli.command.lock.LockWaitPrinter;
import org.lesbillets.cli.command.lock.LockedCommandRunner;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The verb {@code claim}: locks and assigns the next ticket in one step, and with a child process
 * gives it back on failure.
 */
@Command(
    name = "claim",
    description = {
      "Take the next free ticket: lock it and assign it to oneself in one step.",
      "The most urgent first, then the oldest, of the open ones that match, that nobody holds"
          + " and that are nobody's. Prints number and token; ends with 3 when there is none.",
      "",
      "With --wait, it stands in line until there is one, first come, first served, and ends with"
          + " 7 when its time is over. Waiting costs nothing: no need to ask again and again.",
      "",
      "With a command behind --, it runs as under billets lock. When it fails (a code other than"
          + " 0; 128 + n for a signal), or this program dies, or the lock is lost, the claim goes"
          + " back to the pool: unlocked, unassigned, and with one attempt more where it failed"
          + " or its time ran out. When it ends with 0 the ticket is unlocked and stays"
          + " assigned; most commands close it. --return has a claim without a command go back,"
          + " too, unless it is unlocked or closed in time.",
      "",
      "With -E N, whatever billets itself ends with (nothing to claim, the server away, the lock"
          + " lost) becomes N, and every other code is the command's. The last example works until"
          + " none is left: not only until one fails, or the server is away for a moment."
    },
    customSynopsis = {
      "billets claim [QUERY…] [--ttl DUR] [--note T] [--wait[=DUR]] [--return]",
      "                     [-E N] [-- CMD [ARG…]]"
    },
    footer = {
      "  billets claim tag:printer --note 'on my way'",
      "  billets claim tag:bot --return --ttl 5m",
      "  billets claim tag:bot --wait=1h -- ./handle-one.sh",
      "  until billets claim tag:bot -E 100 -- ./handle-one.sh; [ $? -eq 100 ] && \\",
      "    left=$(billets list tag:bot status:open assignee:none -o id) && \\",
      "    [ -z \"$left\" ]; do sleep 1; done"
    })
public final class ClaimCommand implements RunsChildProcess {
  @Mixin QueryWords query;
  @Mixin LockOptions options;

  @Option(
      names = "--return",
      description = "It goes back to the pool when its time is over or its lock is broken.")
  boolean returns;

  @Option(
      names = "--wait",
      arity = "0..1",
      paramLabel = "DUR",
      preprocessor = LockConverters.OnlyAttached.class,
      converter = LockConverters.OfWait.class,
      description = "Wait in line until there is one; for ever without =DUR.")
  LockWait waiting;

  private ChildCommand command;

  @Override
  public void command(List<String> words) {
    command = new ChildCommand(words);
  }

  ClientMessage.ClaimTicket change() {
    ClientMessage.ClaimTicket claim =
        new ClientMessage.ClaimTicket(query.query(), null, options.terms(command != null));
    return (returns || command != null ? claim.returning() : claim).queued(waiting);
  }

  @Override
  public void run(CommandContext context) {
    ClientMessage.ClaimTicket change = change();
    if (command != null) {
      command.find(context);
    }
    try (GrantGuard guard = GrantGuard.open()) {
      EventMessage claimed = claimed(change, context);
      GrantedLock lock = new GrantedLock(context, claimed, true, guard);
      if (command == null) {
        lock.print(() -> context.print().claimed(claimed));
      } else {
        new LockedCommandRunner(context, command).run(lock);
      }
    }
  }

  private static EventMessage claimed(ClientMessage.ClaimTicket change, CommandContext context) {
    return change.waiting() == null
        ? context.service().change(change)
        : context
            .service()
            .waitInLine(change, new LockWaitPrinter(context.console(), LockWaiter.goal(change)));
  }
}
