package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.output.ImportReport;
import org.lesbillets.cli.output.console.Progress;
import org.lesbillets.model.message.RejectionCode;

/**
 * Pipeline sink: counts records, and reports failures and losses at once. Confined to one thread.
 */
final class ImportSink implements JobSink<ImportTask> {
  private final CommandContext context;
  private final Progress progress;
  private final boolean dryRun;
  private long created;
  private long present;
  private long failed;
  private long renumbered;
  private RuntimeException first;

  ImportSink(CommandContext context, Progress progress, boolean dryRun) {
    this.context = context;
    this.progress = progress;
    this.dryRun = dryRun;
  }

  /** An agent who may not import one ticket may import none. */
  @Override
  public boolean goesOnAfter(ImportTask work) {
    return !(work.result().reason() instanceof RejectedException refused
        && refused.code() == RejectionCode.FORBIDDEN);
  }

  @Override
  public void take(ImportTask work) {
    ImportResult result = work.result();
    progress.reached(result.place());
    result.record().notes().forEach(note -> report("NOTE", note.line(), note.sentence()));
    renumbered += result.renumbered() ? 1 : 0;
    switch (result.outcome()) {
      case CREATED -> created++;
      case PRESENT -> present++;
      case FAILED -> {
        failed++;
        first = first == null ? result.reason() : first;
        report(code(result.reason()), result.record().line(), result.reason().getMessage());
      }
    }
  }

  private void report(String code, long line, String sentence) {
    context.report(code, "line " + line + ": " + sentence);
  }

  private static String code(RuntimeException reason) {
    return reason instanceof RejectedException refused
        ? refused.code().name()
        : ((ConnectionException) reason).kind().name();
  }

  @Override
  public void pause() {
    // Nothing is printed before the end.
  }

  ImportReport report() {
    return new ImportReport(dryRun, created, present, failed, renumbered);
  }

  /**
   * @throws PartialFailureException if records failed
   */
  void check(PipelineResult end) {
    long all = created + present + failed;
    if (first != null) {
      throw PartialFailureException.of(
          failed + " of " + all + " tickets failed", end, "ticket", first);
    }
    if (end.failure() != null) {
      throw end.failure();
    }
  }
}
