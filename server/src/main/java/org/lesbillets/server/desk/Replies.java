package org.lesbillets.server.desk;

import java.time.Instant;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.RefusalMessages;
import org.lesbillets.server.pubsub.EventChannel;

/** Answers changes, each once, and keeps count. The desk's thread. */
final class Replies {
  private final EventChannel<Announcement> channel;
  private final Runnable onAnswered;

  /**
   * @param onAnswered called once for each answer
   */
  Replies(EventChannel<Announcement> channel, Runnable onAnswered) {
    this.channel = channel;
    this.onAnswered = onAnswered;
  }

  /** Answers with an event that was announced, after all that was announced before. */
  void event(ChangeRequest request, SequencedEvent event, boolean repeated) {
    channel.publish(
        new Announcement.Answered(
            request.requester(), event, request.change().requestId(), repeated));
    onAnswered.run();
  }

  /** Answers that nothing was changed. */
  void unchanged(ChangeRequest request, Ticket ticket, Instant now) {
    long revision = ticket.revision();
    WireEvent nothing =
        new WireEvent.TicketUpdated(now, request.requester().agent(), ticket, List.of(), false);
    event(request, new SequencedEvent(revision, revision, nothing), false);
  }

  void rejected(ChangeRequest request, Decision.Rejected why) {
    request.reject(why);
    onAnswered.run();
  }

  void rejected(ChangeRequest request, RejectionCode code, String sentence) {
    rejected(request, new Decision.Rejected(code, sentence, RejectionDetails.NONE));
  }

  void nothingToClaim(ChangeRequest request, ClientMessage.ClaimTicket claim) {
    boolean ofQuery = claim.query() != null && !claim.query().isAll();
    rejected(request, RejectionCode.NOT_FOUND, RefusalMessages.nothingToClaim(ofQuery));
  }

  /** Somebody is not there to be answered any more. */
  void dropped() {
    onAnswered.run();
  }
}
