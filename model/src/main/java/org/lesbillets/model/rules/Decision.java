package org.lesbillets.model.rules;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** The rules' answer to a request. Immutable. */
public sealed interface Decision {

  /**
   * The request is permitted.
   *
   * @param event its effect, not yet sealed under a revision
   * @param comments of an imported ticket, oldest first, under their ordinals
   */
  record Accepted(WireEvent event, List<Comment> comments) implements Decision {
    /** An event without comments besides its own. */
    public Accepted(WireEvent event) {
      this(event, List.of());
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onAccepted(this);
    }
  }

  /** The request is permitted, and changes nothing. */
  record Unchanged() implements Decision {
    @Override
    public void accept(Visitor visitor) {
      visitor.onUnchanged(this);
    }
  }

  /** The request is refused: a code for programs, a sentence for people. */
  record Rejected(RejectionCode code, String message, RejectionDetails details)
      implements Decision {
    public Rejected(RejectionCode code, String message) {
      this(code, message, RejectionDetails.NONE);
    }

    public ServerMessage.Rejected answer(String requestId) {
      return new ServerMessage.Rejected(requestId, code, message, details);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onRejected(this);
    }
  }

  void accept(Visitor visitor);

  interface Visitor {
    void onAccepted(Accepted decision);

    void onUnchanged(Unchanged decision);

    void onRejected(Rejected decision);
  }
}
