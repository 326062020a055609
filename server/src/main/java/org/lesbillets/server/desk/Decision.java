package org.lesbillets.server.desk;

import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** What the rules say of a request. */
public sealed interface Decision {

  /** It may be done, and this is what then happens. */
  record Accepted(WireEvent event) implements Decision {
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
