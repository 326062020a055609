package org.lesbillets.cli.tui.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.tui.state.DraftKey;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * The result of an effect, or of a long-running one a step of it: an answer of the server, a lock,
 * a place in a wait queue, a filtered list, a draft. Immutable; any thread.
 */
public sealed interface EffectResult extends UiEvent {

  /** A change was made. */
  record Done(long id, EventMessage event) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDone(this);
    }
  }

  /**
   * Something was not done.
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

    /** What to tell of an effect that failed. */
    public static Refused of(long id, Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return cause instanceof RejectedException rejected
          ? new Refused(id, rejected.code(), sentence(cause), rejected.rejected().details().lock())
          : new Refused(id, null, sentence(cause));
    }

    /** Only what is a mistake in this program has no sentence. */
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

  /** A lock was granted and is kept. */
  record Held(long id, EventMessage granted) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onHeld(this);
    }
  }

  /** A lock that was kept is lost. */
  record Lost(long number, long token, LockLostReason why) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onLost(this);
    }
  }

  /** Something about a place in line. */
  record Turn(long id, Phase phase, EventMessage granted, String sentence) implements EffectResult {

    /** How it stands. */
    public enum Phase {
      WAITING,
      /** The connection, and the place with it, is lost; another is looked for. */
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

  /** What a filter shows, in order. */
  record Sifted(long id, List<Ticket> sorted) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onSifted(this);
    }
  }

  /**
   * How many tickets each view has.
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
   * Somebody left their editor.
   *
   * @param text what they wrote; null when the editor failed
   * @param trouble why it failed, a sentence, or null
   */
  record Edited(long id, String text, String trouble) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onEdited(this);
    }
  }

  /**
   * Something was done to a draft on disk, or was not.
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
   * A draft from before is there.
   *
   * @param fields of a form; nothing for a comment
   * @param text of a comment; null for a form
   * @param when it was kept, in words
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

  /** Nothing from before is there. */
  record DraftMissing(DraftKey key) implements EffectResult {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDraftMissing(this);
    }
  }

  /**
   * A verb has run.
   *
   * @param lines what it printed, harmless
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
