package org.lesbillets.server.session;

import java.time.Duration;
import org.lesbillets.model.WireLimits;

/**
 * Bounds and timeouts of a session. Immutable.
 *
 * @param answers bounds of what it has yet to read
 * @param stall timeout of a write without progress; the session is cut then
 * @param pingEvery ping interval
 * @param silence within which a peer that sends nothing is cut, 1 s or more
 * @param unanswered bound of its unanswered requests
 * @param messagesPerSecond bound of the rate of its messages, and of those in a burst
 * @param positionEvery interval of Position messages to a watch with a query
 */
public record SessionLimits(
    AnswerLimits answers,
    Duration stall,
    Duration pingEvery,
    Duration silence,
    int unanswered,
    int messagesPerSecond,
    Duration positionEvery) {

  /**
   * Bounds of what sessions have yet to read, in bytes.
   *
   * @param outboxBytes of events of a watch with a query: the session is cut beyond; and of
   *     refusals: the session is not read from beyond
   * @param sessionBytes of answers, due or ready, of one session: it is not read from beyond
   * @param totalBytes of all of these together: the share of each session shrinks as it fills
   */
  public record AnswerLimits(long outboxBytes, long sessionBytes, long totalBytes) {
    public static final AnswerLimits DEFAULT =
        new AnswerLimits(1024 * 1024, 32L * 1024 * 1024, 128L * 1024 * 1024);

    private AnswerLimits within(long heapBytes) {
      long total = Math.min(totalBytes, heapBytes / 4);
      return new AnswerLimits(outboxBytes, Math.min(sessionBytes, total / 4), total);
    }
  }

  /** These bounds, with at most a quarter of the heap for what sessions have yet to read. */
  public SessionLimits within(long heapBytes) {
    return new SessionLimits(
        answers.within(heapBytes),
        stall,
        pingEvery,
        silence,
        unanswered,
        messagesPerSecond,
        positionEvery);
  }

  /** With another bound of the rate of messages. */
  public SessionLimits withMessagesPerSecond(int other) {
    return new SessionLimits(answers, stall, pingEvery, silence, unanswered, other, positionEvery);
  }

  /** The values that the protocol promises. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          AnswerLimits.DEFAULT,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          WireLimits.UNANSWERED_REQUESTS,
          20_000,
          Duration.ofSeconds(5));
}
