package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.ClientMessage.CreateTicket;

/**
 * Operation ids (idempotency keys) of comments and new tickets whose outcome is unknown. Sent again
 * with the same content within ten minutes, each is the same operation, so that it has one effect
 * however often a person retries it. Other changes have no need of that: made twice, they leave the
 * ticket as made once. Belongs to one thread; bounded by 16, of which the oldest is dropped first.
 */
final class UncertainChanges {
  private static final int LIMIT = 16;
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** An operation that may have happened since then. */
  private record Operation(UUID id, long sinceNanos) {}

  private final Map<Change, Operation> operations = new LinkedHashMap<>();

  /** A change under the operation id it is to be sent with. */
  Change identified(Change change) {
    boolean adds = change instanceof CommentTicket || change instanceof CreateTicket;
    if (!adds || change.operationId() != null) {
      return change;
    }
    Operation known = operations.get(change);
    boolean same = known != null && System.nanoTime() - known.sinceNanos() < KEPT.toNanos();
    return change.identified(change.requestId(), same ? known.id() : StrongRandom.key());
  }

  /** The change happened. */
  void done(Change change) {
    operations.remove(change);
  }

  /**
   * Notes how a change failed.
   *
   * @param sent as {@link #identified} gave it
   */
  void failed(Change change, Change sent, RuntimeException failure) {
    if (sent != change && RetryPolicy.isOutcomeUnknown(failure)) {
      operations.remove(change);
      operations.put(change, new Operation(sent.operationId(), System.nanoTime()));
      if (operations.size() > LIMIT) {
        operations.remove(operations.keySet().iterator().next());
      }
    } else if (failure instanceof RejectedException && !RetryPolicy.isTransient(failure)) {
      operations.remove(change);
    }
  }
}
