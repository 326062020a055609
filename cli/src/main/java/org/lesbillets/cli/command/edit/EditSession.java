package org.lesbillets.cli.command.edit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * One edit of one ticket, from the lock to the update. Used once, by one thread.
 *
 * <pre>
 *   lock --> draft --> editor --parsed--> update --> draft removed, lock released
 *                       ^  |                |
 *                       +--+ parse error    +--refused, no server--> draft kept
 * </pre>
 */
final class EditSession {
  /** An editor that returned sooner, and wrote nothing, was hardly used. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final int ATTEMPTS = 5;

  private final CommandContext context;
  private final Editor editor;
  private final EditLock lock;
  private final Drafts drafts;
  private AgentName me;
  private Ticket ticket;
  private Draft draft;

  /** The answer to the update; null until one was sent. */
  private EventMessage sent;

  EditSession(CommandContext context, Editor editor, EditLock lock) {
    this.context = context;
    this.editor = editor;
    this.lock = lock;
    this.drafts = Drafts.of(context.folders(), context.clock());
  }

  /** Begins with the ticket as it is. */
  void edit() {
    begin(this::fresh);
    finish();
  }

  /** Resumes the newest draft of the ticket. */
  void recover() {
    Ticket there = read();
    if (drafts.newest(there.id()).isEmpty()) {
      throw EditFailure.noDraft(there.number());
    }
    begin(this::newest);
    finish();
  }

  private void begin(Supplier<Draft> source) {
    lock.take();
    try {
      ticket = read();
      me = context.service().me();
      draft = source.get();
    } catch (RuntimeException e) {
      lock.release();
      throw e;
    }
  }

  private Draft fresh() {
    DraftBase base = DraftBase.of(ticket);
    Path earlier = drafts.newest(ticket.id()).filter(this::differs).map(Draft::path).orElse(null);
    return drafts.create(TemplateWords.fresh(base, earlier), base);
  }

  private Draft newest() {
    Draft newest =
        drafts.newest(ticket.id()).orElseThrow(() -> EditFailure.noDraft(ticket.number()));
    catchUp(newest);
    return newest;
  }

  private Ticket read() {
    return context.service().details(lock.ref(), false, DetailsCursor.NEWEST).ticket();
  }

  private TicketContent parsed(Draft one) throws TemplateException {
    return TicketTemplate.parse(one.text(), new Typist(me, context.clock()));
  }

  /** Whether a draft differs from its base. */
  private boolean differs(Draft one) {
    try {
      return !ContentPatch.between(one.base().content(), parsed(one)).isNothing();
    } catch (TemplateException e) {
      return true;
    }
  }

  /** Merges concurrent changes into the draft. */
  private void catchUp(Draft old) {
    DraftBase now = DraftBase.of(ticket);
    try {
      TicketContent yours = parsed(old);
      if (now.revision() != old.base().revision()) {
        old.rewrite(TemplateWords.recovered(old.base(), now, yours), now);
      }
    } catch (TemplateException e) {
      // A draft that does not parse cannot be merged, so it has to be mended first.
      old.explain(e.getMessage());
    }
  }

  private void finish() {
    List<String> advice = new DraftSavedException(null, draft.path(), ticket.number()).advice();
    Thread goodbye = new Thread(() -> advice.forEach(context.console()::say), "goodbye");
    Runtime.getRuntime().addShutdownHook(goodbye);
    try {
      while (!done()) {
        // The draft says what is wrong with it; once more.
      }
    } catch (RuntimeException e) {
      throw kept(e);
    } finally {
      forget(goodbye);
    }
    if (sent != null) {
      context.print().changed(List.of(sent), false);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
    }
  }

  private DraftSavedException kept(RuntimeException cause) {
    if (!isPointless(cause)) {
      lock.release();
    }
    draft.keep();
    return new DraftSavedException(cause, draft.path(), ticket.number());
  }

  /** Whether there is no lock to release, or no server to release it. */
  private static boolean isPointless(RuntimeException cause) {
    return cause instanceof ConnectionException
        || cause instanceof RejectedException refused && refused.code().isLockOver();
  }

  /** One round in the editor; false if there has to be another. */
  private boolean done() {
    byte[] before = draft.bytes();
    // An editor may run for hours, and no connection need stay open for it.
    context.service().close();
    Instant written = draft.changed();
    Instant begun = context.now();
    int status = editor.edit(draft.path(), context.console().terminal().keyboard());
    if (status != 0) {
      throw EditFailure.editorFailed(editor, status);
    }
    boolean untouched = Arrays.equals(before, draft.bytes()) && written.equals(draft.changed());
    boolean atOnce = Duration.between(begun, context.now()).compareTo(AT_ONCE) < 0;
    try {
      take(draft.text(), untouched && atOnce);
      return true;
    } catch (TemplateException e) {
      boolean another = context.console().terminal().hasKeyboard();
      if (!another || Arrays.equals(before, draft.bytes())) {
        throw EditFailure.invalid(e.getMessage());
      }
      draft.explain(e.getMessage());
      return false;
    }
  }

  /**
   * @param unseen whether the editor returned at once and wrote nothing: it may have detached
   */
  private void take(String text, boolean unseen) throws TemplateException {
    if (TicketTemplate.isEmpty(text)) {
      leave("The file is empty: #" + ticket.number() + " stays as it is.");
      return;
    }
    DraftBase base = draft.base();
    TicketPatch patch = ContentPatch.checked(base.content(), parsed(draft));
    if (unseen) {
      throw EditFailure.returnedAtOnce(editor);
    }
    if (patch.isNothing()) {
      leave("Nothing was changed: #" + ticket.number() + " stays as it is.");
      return;
    }
    context.print().difference(base.content(), base.content().patched(patch));
    sent = send(patch);
    draft.remove();
  }

  private void leave(String sentence) {
    draft.remove();
    lock.release();
    context.console().say(sentence);
    context.print().unchanged(this::left);
  }

  /** The ticket after its lock was released, as far as the server can still be asked. */
  private Ticket left() {
    if (!lock.isOwn()) {
      return ticket;
    }
    try {
      return read();
    } catch (ConnectionException | RejectedException e) {
      return ticket.withLock(null);
    }
  }

  private EventMessage send(TicketPatch patch) throws TemplateException {
    try {
      return update(patch);
    } catch (RejectedException e) {
      if (e.code() == RejectionCode.INVALID || e.code() == RejectionCode.TOO_LARGE) {
        throw new TemplateException(e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Optimistic concurrency under the lock: retried while others changed tags only.
   *
   * @throws RejectedException STALE_REVISION if more than tags was changed since the base, or
   *     whatever else the server refuses it for
   */
  private EventMessage update(TicketPatch patch) {
    DraftBase base = draft.base();
    TicketRef ref = TicketRef.of(base.id());
    long revision = base.revision();
    for (int attempt = 1; ; attempt++) {
      try {
        return context
            .service()
            .change(
                new ClientMessage.UpdateTicket(ref, patch, lock.token())
                    .onlyAt(revision)
                    .unlocking(lock.isOwn()));
      } catch (RejectedException e) {
        if (e.code() != RejectionCode.STALE_REVISION || attempt == ATTEMPTS) {
          throw e;
        }
        revision = revisionIfOnlyTagsMoved(base, e);
      }
    }
  }

  /** Tags need no lock, so that concurrent changes of them are no conflict. */
  private long revisionIfOnlyTagsMoved(DraftBase base, RejectedException refused) {
    Ticket now =
        context.service().details(TicketRef.of(base.id()), false, DetailsCursor.NEWEST).ticket();
    if (!ContentPatch.between(base.content(), now.content()).needsNoLock()) {
      throw refused;
    }
    return now.changedRevision();
  }
}
