package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.bulk.format.TicketSink;
import org.lesbillets.cli.output.console.Progress;

/** Pipeline sink: writes tickets as they are read. Confined to one thread. */
final class ExportSink implements JobSink<ExportJob> {
  private final CommandContext context;
  private final Progress progress;
  private final TicketSink sink;
  private long done;
  private long failed;
  private long leftOut;
  private RuntimeException first;

  ExportSink(CommandContext context, Progress progress, TicketSink sink) {
    this.context = context;
    this.progress = progress;
    this.sink = sink;
  }

  @Override
  public boolean goesOnAfter(ExportJob job) {
    return true;
  }

  @Override
  public void take(ExportJob job) {
    done++;
    progress.reached(done);
    if (job.reason() != null) {
      failed++;
      first = first == null ? job.reason() : first;
      return;
    }
    sink.write(job.pages().ticket(), job.pages().comments());
    leftOut += sink.takesComments() ? 0 : job.pages().comments().size();
  }

  @Override
  public void pause() {
    context.console().flush();
  }

  /**
   * @throws PartialFailureException if tickets could not be read
   */
  void check(PipelineResult end) {
    if (leftOut > 0) {
      context.report(
          "NOTE", leftOut + " comments are left out: CSV has none, --format jsonl keeps them");
    }
    if (first != null) {
      throw PartialFailureException.of(
          failed + " of " + done + " tickets are missing: " + first.getMessage(),
          end,
          "ticket",
          first);
    }
    if (end.failure() != null) {
      throw end.failure();
    }
  }
}
