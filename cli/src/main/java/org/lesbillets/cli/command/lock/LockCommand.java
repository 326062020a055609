package org.lesbillets.cli.command.lock;

import java.util.List;
import org.lesbillets.cli.client.lock.LockWaiter;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code lock}: takes or renews a lease, or runs a child process under one. */
@Command(
    name = "lock",
    description = {
      "Take a ticket's lock and print its token, or renew it.",
      "Fails at once, with the holder's name, when somebody holds it, unless told to wait. With"
          + " --token, the lock that has this token starts its time anew.",
      "",
      "With a command behind --, the lock is held and renewed while the command runs, and billets"
          + " ends with the command's exit code. If the lock is lost, the command gets SIGTERM,"
          + " 5s later SIGKILL, and billets ends with 6. In it, BILLETS_TICKET and"
          + " BILLETS_LOCK_TOKEN have other billets commands use this lock. With -E N, whatever"
          + " billets itself ends with (locked, timed out, lost, no server) becomes N, so that it"
          + " cannot be taken for the command's code.",
      "",
      "The command has the caller's open files, variables, limits and signals, as under flock."
          + " Signals sent to billets are passed on to it, but for those that Java keeps: SIGQUIT"
          + " prints a thread dump, SIGPIPE, SIGXFSZ and SIGCHLD do nothing. SIGKILL, SIGILL,"
          + " SIGFPE, SIGSEGV, SIGBUS, SIGSTKFLT and real-time signals end billets, and the command"
          + " gets SIGTERM then, 5s later SIGKILL, unless it runs as another user; the lock is free"
          + " when its time is over. A stopped billets (SIGSTOP) renews no lock.",
      "",
      "That takes a shell with a free descriptor among 3 to 9, mkfifo, /proc and GNU env 8.31;"
          + " without these, open files above 2 are closed, and a killed billets leaves the"
          + " command running."
    },
    customSynopsis = {
      "billets lock REF [--ttl DUR] [--wait[=DUR]] [--note T] [-E N]",
      "                    [--steal --reason T] [-- CMD [ARG…]]",
      "       billets lock REF --while-pid PID [--ttl DUR] [--wait[=DUR]] [--note T]",
      "       billets lock REF --token N [--ttl DUR]"
    },
    footer = {
      "  billets lock 17 --note 'calling customer'",
      "  token=$(billets lock 17 --ttl 1h)",
      "  billets lock 17 --token \"$token\"",
      "  billets lock 17 --wait=10m -- ./migrate-customer.sh",
      "  billets lock 17 -E 99 -- ./migrate-customer.sh || test $? -ne 99",
      "  billets lock 17 --steal --reason 'alice is on holiday'"
    })
public final class LockCommand implements RunsChildProcess {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Mixin LockOptions options;

  @Option(
      names = "--wait",
      arity = "0..1",
      paramLabel = "DUR",
      preprocessor = LockConverters.OnlyAttached.class,
      converter = LockConverters.OfWait.class,
      description = "Wait in line for it, first come, first served; for ever without =DUR.")
  LockWait waiting;

  @Option(
      names = "--steal",
      description = "Take it from whoever holds it now, and let everybody know.")
  boolean steal;

  @Option(
      names = "--reason",
      paramLabel = "T",
      description = "Why it is taken; not needed for one's own.")
  String reason;

  @Option(
      names = "--token",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Renew the lock that has this token.")
  Long token;

  @Option(
      names = "--while-pid",
      paramLabel = "PID",
      converter = Converters.OfCount.class,
      description =
          "Keep it while this process of yours runs on the server's machine; over its socket only.")
  Integer pid;

  private ChildCommand command;

  @Override
  public void command(List<String> words) {
    command = new ChildCommand(words);
  }

  /**
   * @throws UsageException if the options do not go together
   */
  private void check() {
    if (token != null && (steal || waiting != null || command != null)) {
      throw new UsageException(
          "--token renews a lock one has: it goes with neither --wait nor --steal nor a command");
    }
    if (pid != null && (token != null || command != null)) {
      throw new UsageException(
          "--while-pid takes a lock for a process: it goes with neither --token nor a command");
    }
    if (steal && waiting != null) {
      throw new UsageException("--steal takes the lock at once: there is nothing to --wait for");
    }
    if (reason != null && !steal) {
      throw new UsageException("--reason says why a lock is taken from somebody: add --steal");
    }
  }

  ClientMessage.LockTicket change(CommandContext context) {
    LockBreak broken = steal ? StealTarget.seen(ref, reason, context.service()) : null;
    return new ClientMessage.LockTicket(ref, options.terms(command != null))
        .renewing(token)
        .queued(waiting)
        .whileRuns(pid == null ? null : pid.longValue())
        .stealing(broken);
  }

  @Override
  public void run(CommandContext context) {
    check();
    if (command != null) {
      command.find(context);
    }
    ClientMessage.LockTicket change = change(context);
    try (GrantGuard guard = GrantGuard.open()) {
      EventMessage granted = granted(change, context);
      deliver(new GrantedLock(context, granted, false, guard));
    }
  }

  private void deliver(GrantedLock lock) {
    CommandContext context = lock.context();
    if (command != null) {
      new LockedCommandRunner(context, command).run(lock);
    } else if (token == null) {
      lock.print(() -> context.print().locked(lock.granted()));
    } else {
      // A renewed lock is the caller's, whether its token can be printed once more or not.
      context.print().locked(lock.granted());
    }
  }

  private static EventMessage granted(ClientMessage.LockTicket change, CommandContext context) {
    return change.waiting() == null
        ? context.service().change(change)
        : context
            .service()
            .waitInLine(change, new LockWaitPrinter(context.console(), LockWaiter.goal(change)));
  }
}
