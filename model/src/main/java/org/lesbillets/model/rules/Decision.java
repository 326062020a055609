package org.lesbillets.model.rules;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** What the rules say of a request. */
public sealed interface Decision {

  /**
   * It may be done, and this is what then happens.
   *
   * @param comments that come with an imported ticket, oldest first
   */
  record Accepted(WireEvent event, List<Comment> comments) implements Decision {
    /** An event that brings no other comments than its own. */
    public Accepted(WireEvent event) {
      this(event, List.of());
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onAccepted(this);
    }
  }

  /** It may be done, and changes nothing. */
  record Unchanged() implements Decision {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUnchanged(this);
    }
  }

  /** It may not be done. */
  record Rejected(RejectionCode code, String message, RejectionDetails details)
      implements Decision {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onRejected(this);
    }
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of decision. */
  interface Handler<R> {
    R onAccepted(Accepted decision);

    R onUnchanged(Unchanged decision);

    R onRejected(Rejected decision);
  }
}
