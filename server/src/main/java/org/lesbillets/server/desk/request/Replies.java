package org.lesbillets.server.desk.request;

import java.util.List;
import java.util.function.BiConsumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.world.TimeSource;

/**
 * The answers to changes: exactly one for each request, counted against the desk's bound. The
 * desk's thread.
 */
public final class Replies {
  private final EventChannel<Announcement> channel;
  private final TimeSource time;
  private final LockTimes lockTimes;
  private final Runnable onAnswered;
  private final BiConsumer<ChangeRequest, SequencedEvent> onEvent;

  /**
   * @param onAnswered callback, run once for each answer
   * @param onEvent callback before a request is answered with an event
   */
  public Replies(
      DeskDependencies with,
      LockTimes lockTimes,
      Runnable onAnswered,
      BiConsumer<ChangeRequest, SequencedEvent> onEvent) {
    this.channel = with.channel();
    this.time = with.time();
    this.lockTimes = lockTimes;
    this.onAnswered = onAnswered;
    this.onEvent = onEvent;
  }

  /** Answers with an announced event; published behind every earlier announcement. */
  void event(ChangeRequest request, SequencedEvent event, boolean repeated) {
    onEvent.accept(request, event);
    channel.publish(
        new Announcement.Answered(
            request.requester(), event, request.change().requestId(), repeated));
    onAnswered.run();
  }

  /** Answers a repeated request with the event the journal recorded the first time. */
  void recorded(ChangeRequest request, SequencedEvent event) {
    event(request, lockTimes.withRemaining(event), true);
  }

  public void unchanged(ChangeRequest request, Ticket ticket) {
    long revision = ticket.revision();
    WireEvent nothing =
        new WireEvent.TicketUpdated(
            time.now(), request.requester().agent(), ticket, List.of(), false);
    event(request, new SequencedEvent(revision, revision, nothing), false);
  }

  public void rejected(ChangeRequest request, Decision.Rejected why) {
    request.requester().answer(why.answer(request.change().requestId()));
    onAnswered.run();
  }

  /** The requester is disconnected, and its request off. */
  public void dropped() {
    onAnswered.run();
  }
}
