package org.lesbillets.server.desk;

import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.wire.WireLimits;
import org.lesbillets.server.journal.Outcome;

/**
 * What an append's outcome means for the one who asked. The desk's thread; made for one outcome.
 */
final class Conclusion implements Outcome.Handler<Void> {
  private final TicketChangeQueue line;
  private final ChangeRequest request;
  private final TicketBook book;
  private final LockHandover waits;
  private final ChangePipeline.Parts parts;

  Conclusion(TicketChangeQueue line, ChangeRequest request, TicketBook book, Means means) {
    this.line = line;
    this.request = request;
    this.book = book;
    this.waits = means.waits;
    this.parts = means.parts;
  }

  /** What all conclusions are made with. */
  record Means(LockHandover waits, ChangePipeline.Parts parts) {}

  @Override
  public Void onAppended(Outcome.Appended outcome) {
    SequencedEvent event =
        line.appendEnds(outcome.revision())
            .orElseThrow(() -> new IllegalStateException("undelivered: " + outcome));
    parts.recall().settle(request);
    if (request.waits()) {
      waits.granted(request, event);
    } else {
      parts.answers().event(request, event, false);
    }
    return null;
  }

  @Override
  public Void onRepeated(Outcome.Repeated outcome) {
    line.appendEnds();
    parts.recall().repeat(request, outcome.recorded());
    return null;
  }

  @Override
  public Void onConflict(Outcome.Conflict outcome) {
    line.appendEnds();
    line.again(request, book.revision() < outcome.current() ? outcome.current() : 0);
    return null;
  }

  @Override
  public Void onNoNumberLeft(Outcome.NoNumberLeft outcome) {
    line.appendEnds();
    parts
        .answers()
        .rejected(
            request,
            new Decision.Rejected(
                RejectionCode.INVALID,
                DeskMessages.noNumberLeft(),
                RejectionDetails.limit("number", WireLimits.MAX_NUMBER)));
    return null;
  }

  @Override
  public Void onBusy(Outcome.Busy outcome) {
    return refused(RejectionCode.BUSY, "The journal has too much to write: try again.");
  }

  @Override
  public Void onReadOnly(Outcome.ReadOnly outcome) {
    line.appendEnds();
    parts
        .recall()
        .orElse(
            request,
            () ->
                parts
                    .answers()
                    .rejected(
                        request, RejectionCode.READ_ONLY, DeskMessages.readOnly(outcome.reason())));
    return null;
  }

  @Override
  public Void onUnknown(Outcome.Unknown outcome) {
    parts.recall().doubt(request);
    return refused(
        RejectionCode.UNCERTAIN,
        DeskMessages.uncertain(outcome.reason(), request.operation() != null));
  }

  private Void refused(RejectionCode code, String sentence) {
    line.appendEnds();
    parts.answers().rejected(request, code, sentence);
    return null;
  }
}
