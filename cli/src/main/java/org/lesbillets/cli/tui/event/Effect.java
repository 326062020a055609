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
import org.lesbillets.model.message.DetailsCursor;

/**
 * A side effect as a value: what the update wants done outside of the model. The {@code id} returns
 * in the event that reports the result. Immutable; any thread.
 */
public sealed interface Effect {

  /** Sends a change: {@link EffectResult.Done} or {@link EffectResult.Refused} follows. */
  record Change(long id, ClientMessage.Change change) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onChange(this);
    }
  }

  /**
   * Takes a lock and renews it: {@link EffectResult.Held} or {@link EffectResult.Refused} follows,
   * and perhaps {@link EffectResult.Lost} later.
   */
  record Hold(long id, TicketRef ticket) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHold(this);
    }
  }

  /**
   * Sends the change that ends a held lock: as {@link Change}. If it fails, the lock is still
   * renewed.
   */
  record Finish(long id, long token, ClientMessage.Change change) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFinish(this);
    }
  }

  /** Releases a held lock. */
  record Release(long token) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onRelease(this);
    }
  }

  /**
   * Waits for a lock in its wait queue: {@link EffectResult.LockWaitChanged} follows any number of
   * times, then {@link EffectResult.LockWaitGranted} or {@link EffectResult.LockWaitRefused}.
   */
  record WaitForLock(long id, ClientMessage.LockTicket lock) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onWaitForLock(this);
    }
  }

  /** Leaves a wait queue. */
  record CancelLockWait(long id) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onCancelLockWait(this);
    }
  }

  /**
   * Fetches comments and history: {@link EffectResult.Details} or {@link EffectResult.Refused}
   * follows.
   *
   * @param cursor where the page begins
   */
  record Fetch(long id, TicketId ticket, DetailsCursor cursor) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFetch(this);
    }
  }

  /**
   * Filters and sorts on a worker thread: {@link EffectResult.TicketsFiltered} follows.
   *
   * @param tickets a snapshot of all of them
   */
  record FilterTickets(long id, List<Ticket> tickets, Filter filter, AgentName me, Instant now)
      implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFilterTickets(this);
    }
  }

  /** Counts the tickets of the views on a worker thread: {@link EffectResult.Counted} follows. */
  record Count(long id, List<Ticket> tickets, TicketFilterer.Count count, AgentName me, Instant now)
      implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onCount(this);
    }
  }

  /** Opens a text in the external editor: {@link EffectResult.Edited} follows. */
  record Edit(long id, String text) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onEdit(this);
    }
  }

  /** Writes a draft to disk: {@link EffectResult.DraftSaved} follows. */
  record SaveDraft(DraftKey key, Map<TicketField<?>, TypedText> fields, String text)
      implements Effect {
    public SaveDraft {
      fields = Map.copyOf(fields);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onSaveDraft(this);
    }
  }

  /** Removes a draft that was sent or discarded. */
  record DropDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDropDraft(this);
    }
  }

  /**
   * Looks up a draft of an earlier run: {@link EffectResult.DraftFound} or {@link
   * EffectResult.DraftMissing} follows, or {@link EffectResult.DraftSaved} with the failure. The
   * next {@link SaveDraft} creates another file, unless {@link TakeDraft} accepts the one found.
   */
  record FindDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onFindDraft(this);
    }
  }

  /**
   * Accepts the draft that was found: the next {@link SaveDraft} overwrites it, or {@link
   * DropDraft} removes it.
   */
  record TakeDraft(DraftKey key) implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onTakeDraft(this);
    }
  }

  /** Runs a verb of billets: {@link EffectResult.VerbEnded} follows. */
  record RunVerb(long id, List<String> words) implements Effect {
    public RunVerb {
      words = List.copyOf(words);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onRunVerb(this);
    }
  }

  /** Connects now, without the rest of the backoff. */
  record Reconnect() implements Effect {
    @Override
    public void accept(Visitor visitor) {
      visitor.onReconnect(this);
    }
  }

  /** What only the thread of the loop may do, since it owns the terminal. */
  enum LoopCommand implements Effect {
    /** Rings the bell. */
    BELL,
    /** Suspends the process, as Ctrl-Z does in a shell. */
    SUSPEND,
    /** Writes the next frame in full. */
    REPAINT,
    /** Ends the loop. */
    QUIT;

    @Override
    public void accept(Visitor visitor) {
      visitor.onLoopCommand(this);
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

    void onSaveDraft(SaveDraft effect);

    void onDropDraft(DropDraft effect);

    void onFindDraft(FindDraft effect);

    void onTakeDraft(TakeDraft effect);

    void onRunVerb(RunVerb effect);

    void onReconnect(Reconnect effect);

    void onLoopCommand(LoopCommand effect);
  }
}
