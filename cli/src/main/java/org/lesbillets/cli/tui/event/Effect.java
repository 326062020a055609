package org.lesbillets.cli.tui.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;

/**
 * What the program is to do for the live view. {@code id} comes back in the event that tells what
 * came of it. A value; any thread.
 */
public sealed interface Effect {

  /** Make a change: {@link EffectResult.Done} or {@link EffectResult.Refused} follows. */
  record Change(long id, ClientMessage.Change change) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onChange(this);
    }
  }

  /**
   * Take the short lock of a ticket and keep it: {@link EffectResult.Held} or {@link
   * EffectResult.Refused} follows, and later perhaps {@link EffectResult.Lost}.
   */
  record Hold(long id, TicketRef ticket) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHold(this);
    }
  }

  /**
   * Make the change that ends a lock one holds: as {@link Change}. If it fails, the lock is kept.
   */
  record Finish(long id, long token, ClientMessage.Change change) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFinish(this);
    }
  }

  /** Give a lock back. */
  record Release(long token) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onRelease(this);
    }
  }

  /**
   * Stand in line for a lock: {@link EffectResult.Turn} follows, and again when the connection was
   * lost and found.
   */
  record WaitForLock(long id, ClientMessage.LockTicket lock) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onWaitForLock(this);
    }
  }

  /** Leave a line. */
  record CancelLockWait(long id) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onCancelLockWait(this);
    }
  }

  /**
   * Fetch comments and history: {@link EffectResult.Details} or {@link EffectResult.Refused}
   * follows.
   *
   * @param before only what is older than this revision; null for the newest
   */
  record Fetch(long id, TicketId ticket, Long before) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFetch(this);
    }
  }

  /**
   * Find and sort what a filter shows, elsewhere: {@link EffectResult.TicketsFiltered} follows.
   *
   * @param tickets all of them
   */
  record FilterTickets(long id, List<Ticket> tickets, Filter filter, AgentName me, Instant now)
      implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFilterTickets(this);
    }
  }

  /** Count the tickets of the views: {@link EffectResult.Counted} follows. */
  record Count(long id, List<Ticket> tickets, TicketFilterer.Count count, AgentName me, Instant now)
      implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onCount(this);
    }
  }

  /** Let somebody edit a text in their editor: {@link EffectResult.Edited} follows. */
  record Edit(long id, String text) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onEdit(this);
    }
  }

  /** Keep on disk what was typed. {@link EffectResult.DraftKept} follows. */
  record KeepDraft(DraftKey key, Map<TicketField<?>, TypedText> fields, String text)
      implements Effect {
    public KeepDraft {
      fields = Map.copyOf(fields);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onKeepDraft(this);
    }
  }

  /** Forget what was kept: it was sent, or is not wanted. */
  record DropDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDropDraft(this);
    }
  }

  /**
   * Look for what was kept: {@link EffectResult.DraftFound} or {@link EffectResult.DraftMissing}
   * follows, or {@link EffectResult.DraftKept} with what went wrong. What is kept from then on is
   * another draft, unless {@link TakeDraft} says otherwise.
   */
  record FindDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFindDraft(this);
    }
  }

  /** What was found is gone on with: what is kept next takes its place, or it is forgotten. */
  record TakeDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onTakeDraft(this);
    }
  }

  /** Run a verb of billets: {@link EffectResult.VerbEnded} follows. */
  record RunVerb(long id, List<String> words) implements Effect {
    public RunVerb {
      words = List.copyOf(words);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onRunVerb(this);
    }
  }

  /** Try to connect now. */
  record Reconnect() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onReconnect(this);
    }
  }

  /** Ring. */
  record Bell() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onBell(this);
    }
  }

  /** Leave the terminal to the shell until the shell brings us back. */
  record Suspend() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onSuspend(this);
    }
  }

  /** Paint everything anew. */
  record Repaint() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onRepaint(this);
    }
  }

  /** End. */
  record Quit() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onQuit(this);
    }
  }

  void accept(Visitor visitor);

  /** One method for each kind of effect. */
  interface Visitor {
    void onChange(Change effect);

    void onHold(Hold effect);

    void onFinish(Finish effect);

    void onRelease(Release effect);

    void onWaitForLock(WaitForLock effect);

    void onCancelLockWait(CancelLockWait effect);

    void onFetch(Fetch effect);

    void onFilterTickets(FilterTickets effect);

    void onCount(Count effect);

    void onEdit(Edit effect);

    void onKeepDraft(KeepDraft effect);

    void onDropDraft(DropDraft effect);

    void onFindDraft(FindDraft effect);

    void onTakeDraft(TakeDraft effect);

    void onRunVerb(RunVerb effect);

    void onReconnect(Reconnect effect);

    void onBell(Bell effect);

    void onSuspend(Suspend effect);

    void onRepaint(Repaint effect);

    void onQuit(Quit effect);
  }
}
