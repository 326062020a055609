package org.lesbillets.cli.tui.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * The result of an effect, or one step of a long-running one: an answer of the server, a lock, a
 * place in a wait queue, a filtered list, a draft. Named by the id of its effect, so that the
 * update can drop one that is superseded. Immutable; any thread.
 */
public sealed interface EffectResult extends UiEvent {

  /** A change was accepted; the event is the server's answer. */
  record Done(long id, EventMessage event) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDone(this);
    }
  }

  /**
   * An effect failed.
   *
   * @param code null when the server could not be asked
   * @param sentence for people
   * @param lock the lock in the way, or null
   */
  record Refused(long id, RejectionCode code, String sentence, TicketLock lock)
      implements EffectResult {
    public Refused(long id, RejectionCode code, String sentence) {
      this(id, code, sentence, null);
    }

    /** The result of an effect whose future failed. */
    public static Refused of(long id, Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return cause instanceof RejectedException rejected
          ? new Refused(id, rejected.code(), sentence(cause), rejected.rejected().details().lock())
          : new Refused(id, null, sentence(cause));
    }

    /** The message of the failure; without one it is a bug of this program. */
    public static String sentence(Throwable cause) {
      return cause.getMessage() == null
          ? "this failed by a mistake in this program (" + cause + "): please report it"
          : cause.getMessage();
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onRefused(this);
    }
  }

  /** A lock was granted, and its lease is renewed from now on. */
  record Held(long id, EventMessage granted) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHeld(this);
    }
  }

  /** A renewed lock is lost. */
  record Lost(long number, long token, LockLostReason why) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onLost(this);
    }
  }

  /** A wait for a lock is in another phase. */
  record LockWaitChanged(long id, Phase phase) implements EffectResult {

    /** The phase of a wait that is not over. */
    public enum Phase {
      WAITING,
      /** The connection, and with it the place in the wait queue, is lost; reconnecting. */
      AWAY,
      BACK
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onLockWaitChanged(this);
    }
  }

  /** A wait for a lock ended with the lock, which is not renewed. */
  record LockWaitGranted(long id, EventMessage granted) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onLockWaitGranted(this);
    }
  }

  /** A wait for a lock ended without it. */
  record LockWaitRefused(long id, String sentence) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onLockWaitRefused(this);
    }
  }

  record Details(long id, TicketDetails details) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDetails(this);
    }
  }

  /** The tickets that match a filter, sorted. */
  record TicketsFiltered(long id, List<Ticket> sorted) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onTicketsFiltered(this);
    }
  }

  /**
   * The number of tickets of each view.
   *
   * @param counts -1 for a view that was left out
   */
  record Counted(long id, List<Integer> counts) implements EffectResult {
    public Counted {
      counts = List.copyOf(counts);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onCounted(this);
    }
  }

  /**
   * The external editor has ended.
   *
   * @param text the text as edited; null when the editor failed
   * @param trouble why it failed, a sentence, or null
   */
  record Edited(long id, String text, String trouble) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onEdited(this);
    }
  }

  /**
   * A draft was written to disk, or could not be.
   *
   * @param path where it is; null when what was typed is not on disk
   * @param trouble what went wrong, a sentence, or null
   */
  record DraftSaved(DraftKey key, String path, String trouble) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDraftSaved(this);
    }
  }

  /**
   * The look-up found a draft of an earlier run.
   *
   * @param fields of a form; empty for a comment
   * @param text of a comment; null for a form
   * @param when its age in words
   */
  record DraftFound(DraftKey key, Map<TicketField<?>, TypedText> fields, String text, String when)
      implements EffectResult {
    public DraftFound {
      fields = Map.copyOf(fields);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onDraftFound(this);
    }
  }

  /** The look-up found no draft. */
  record DraftMissing(DraftKey key) implements EffectResult {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDraftMissing(this);
    }
  }

  /**
   * A verb has ended.
   *
   * @param lines its output, made harmless
   */
  record VerbEnded(long id, int code, List<String> lines) implements EffectResult {
    public VerbEnded {
      lines = List.copyOf(lines);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onVerbEnded(this);
    }
  }

  @Override
  default void accept(UiEvent.Visitor visitor) {
    visitor.onEffectResult(this);
  }

  void accept(Visitor visitor);

  /** One method for each kind of event. */
  interface Visitor {
    void onDone(Done event);

    void onRefused(Refused event);

    void onHeld(Held event);

    void onLost(Lost event);

    void onLockWaitChanged(LockWaitChanged event);

    void onLockWaitGranted(LockWaitGranted event);

    void onLockWaitRefused(LockWaitRefused event);

    void onDetails(Details event);

    void onTicketsFiltered(TicketsFiltered event);

    void onCounted(Counted event);

    void onEdited(Edited event);

    void onDraftSaved(DraftSaved event);

    void onDraftFound(DraftFound event);

    void onDraftMissing(DraftMissing event);

    void onVerbEnded(VerbEnded event);
  }
}
