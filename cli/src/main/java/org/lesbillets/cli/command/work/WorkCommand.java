package org.lesbillets.cli.command.work;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.GracefulEnd;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.lock.ChildCommand;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code work}: claims tickets, one after the other, and runs a command for each. */
@Command(
    name = "work",
    description = {
      "Run a command for one ticket after the other, as a worker of a queue.",
      "Claims the next ticket that matches, waiting in line for it, runs the command while the"
          + " claim is renewed, and begins again, for ever. In the command BILLETS_TICKET is the"
          + " number. Several workers share a queue: no ticket is lost, and none is worked on by"
          + " two.",
      "",
      "When the command ends with 0, the ticket is unlocked and stays assigned, or is closed with"
          + " --on-success close. When it fails, the claim goes back to the pool with one attempt"
          + " more, asleep for --backoff, twice as long after each further attempt, and the last 20"
          + " lines of the command's stderr become a comment. If this program dies, or the lock is"
          + " lost, the command is ended, and the ticket goes back by itself within 30s.",
      "",
      "After SIGTERM, or Ctrl-C, the commands that run are waited for, and then it ends with 143"
          + " (130). A second one ends them, too; their tickets go back without an attempt. A"
          + " command that is not there (127), or may not be run (126), stops all of it with that"
          + " code, and costs no ticket an attempt; one that is there and ends with such a code has"
          + " failed. The command's stdin is empty."
    },
    customSynopsis = {
      "billets work [QUERY…] [--max-attempts N] [--backoff DUR] [--jobs N]",
      "                    [--on-success unlock|close] [--until-empty] -- CMD [ARG…]"
    },
    footer = {
      "  billets work tag:bot --max-attempts 5 -- ./handle-one.sh",
      "  billets work tag:mail --jobs 4 --on-success close -- ./send.sh",
      "  billets work tag:import --until-empty -- sh -c './load \"$BILLETS_TICKET\"'"
    })
public final class WorkCommand implements RunsChildProcess {
  @Mixin QueryWords query;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Leave tickets alone that have had so many attempts.")
  Integer maxAttempts;

  @Option(
      names = "--backoff",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "How long a ticket sleeps after its first failure (1m); 0s not at all.")
  Duration backoff = Duration.ofMinutes(1);

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "How many commands run at a time, 1 to 64 (1).")
  int jobs = 1;

  @Option(
      names = "--on-success",
      paramLabel = "unlock|close",
      converter = OfSuccess.class,
      description = "What becomes of a ticket whose command ended with 0 (unlock).")
  OnSuccess onSuccess = OnSuccess.UNLOCK;

  @Option(
      names = "--until-empty",
      description =
          "End when nothing is left: asleep tickets are waited for, those others hold are not.")
  boolean untilEmpty;

  private static final int MAX_JOBS = 64;

  private ChildCommand command = new ChildCommand(List.of());

  /** What becomes of a ticket that is done. */
  enum OnSuccess {
    UNLOCK,
    CLOSE
  }

  static final class OfSuccess extends Converters.OfEnum<OnSuccess> {
    public OfSuccess() {
      super(OnSuccess.values(), value -> value.name().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public void command(List<String> words) {
    command = new ChildCommand(words);
  }

  /**
   * @throws UsageException if the options do not go together
   */
  private void check() {
    if (command.words().isEmpty()) {
      throw new UsageException(
          "what is to be done for each ticket? Write the command behind --, as in -- ./do.sh");
    }
    if (jobs < 1 || jobs > MAX_JOBS) {
      throw new UsageException("--jobs is 1 to " + MAX_JOBS + ", not " + jobs);
    }
    if (maxAttempts != null && maxAttempts < 1) {
      throw new UsageException("--max-attempts is 1 or more: with 0 nothing would be tried");
    }
    if (backoff.compareTo(WireLimits.MAX_WAKE) > 0) {
      throw new UsageException("--backoff is at most 366d");
    }
  }

  /** The tickets that are worked on. */
  TicketQuery wanted() {
    String text = query.query() == null ? "" : query.query().text();
    return maxAttempts == null
        ? QueryWords.parse(text)
        : QueryWords.parse((text + " attempts:<" + maxAttempts).trim());
  }

  @Override
  public void run(CommandContext context) {
    check();
    TicketQuery wanted = wanted();
    command.find(context);
    WorkPlan plan = new WorkPlan(wanted, command, backoff, onSuccess == OnSuccess.CLOSE);
    try (GracefulEnd end = GracefulEnd.open()) {
      WorkLoop.runAll(jobs, context, plan, new WorkLoop.Terms(end, untilEmpty));
      end.conclude();
    }
  }
}
