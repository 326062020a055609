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
    public <R> R accept(Handler<R> handler) {
      return handler.onDone(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onRefused(this);
    }
  }

  /** A lock was granted, and its lease is renewed from now on. */
  record Held(long id, EventMessage granted) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onHeld(this);
    }
  }

  /** A renewed lock is lost. */
  record Lost(long number, long token, LockLostReason why) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onLost(this);
    }
  }

  /** A step of a wait for a lock. */
  record Turn(long id, Phase phase, EventMessage granted, String sentence) implements EffectResult {

    /** The state of the wait. */
    public enum Phase {
      WAITING,
      /** The connection, and with it the place in the wait queue, is lost; reconnecting. */
      AWAY,
      BACK,
      GRANTED,
      REFUSED
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onTurn(this);
    }
  }

  record Details(long id, TicketDetails details) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDetails(this);
    }
  }

  /** The tickets that match a filter, sorted. */
  record Sifted(long id, List<Ticket> sorted) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onSifted(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onCounted(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onEdited(this);
    }
  }

  /**
   * A draft was written to disk, or could not be.
   *
   * @param path where it is; null when what was typed is not on disk
   * @param trouble what went wrong, a sentence, or null
   */
  record DraftKept(DraftKey key, String path, String trouble) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDraftKept(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onDraftFound(this);
    }
  }

  /** The look-up found no draft. */
  record DraftMissing(DraftKey key) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDraftMissing(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onVerbEnded(this);
    }
  }

  @Override
  default <R> R accept(UiEvent.Handler<R> handler) {
    return handler.onEffectResult(this);
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of event. */
  interface Handler<R> {
    R onDone(Done event);

    R onRefused(Refused event);

    R onHeld(Held event);

    R onLost(Lost event);

    R onTurn(Turn event);

    R onDetails(Details event);

    R onSifted(Sifted event);

    R onCounted(Counted event);

    R onEdited(Edited event);

    R onDraftKept(DraftKept event);

    R onDraftFound(DraftFound event);

    R onDraftMissing(DraftMissing event);

    R onVerbEnded(VerbEnded event);
  }
}
