package org.lesbillets.server.desk;

import java.util.Optional;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.Requester;

/**
 * Dispatch of requests to tasks for the desk's thread. Any thread may make a task; only the desk's
 * runs it.
 */
final class DeskDispatch {
  private final DeskReads reads;
  private final ChangePipeline changes;
  private final TicketDesk.AdminRequests admin;
  private final Runnable onAnswered;
  private final ProcessSearches processes;

  /** What is served elsewhere than on the desk's thread. */
  record Elsewhere(TicketDesk.AdminRequests admin, ProcessSearches processes) {}

  /**
   * @param onAnswered callback, run once for each request that is no change, when it was answered
   *     or handed on, and for changes that are dropped; others are counted where they are answered
   */
  DeskDispatch(DeskReads reads, ChangePipeline changes, Runnable onAnswered, Elsewhere elsewhere) {
    this.processes = elsewhere.processes();
    this.admin = elsewhere.admin();
    this.reads = reads;
    this.changes = changes;
    this.onAnswered = onAnswered;
  }

  Runnable task(Requester requester, ClientMessage message) {
    Optional<Decision.Rejected> refusal = TicketRules.refusal(message, requester.role());
    return refusal.isPresent()
        ? counted(() -> requester.answer(refusal.get().answer(message.requestId())))
        : message.accept(new Task(requester));
  }

  private Runnable counted(Runnable task) {
    return () -> {
      task.run();
      onAnswered.run();
    };
  }

  /** A read, which counts as unanswered until it is run. */
  private final class Counted implements FreshReads.Task {
    private final Runnable read;

    Counted(Runnable read) {
      this.read = read;
    }

    @Override
    public void run() {
      read.run();
      onAnswered.run();
    }

    @Override
    public void refused() {
      onAnswered.run();
    }
  }

  private final class Task
      implements ClientMessage.Visitor<Runnable>, ClientMessage.ReadVisitor<Runnable> {
    private final Requester requester;

    Task(Requester requester) {
      this.requester = requester;
    }

    @Override
    public Runnable onChange(ClientMessage.Change message) {
      ChangeRequest request = ChangeRequest.of(requester, message);
      boolean follows = message instanceof ClientMessage.LockTicket lock && lock.whilePid() != null;
      return follows
          ? () -> processes.begin(request, (ClientMessage.LockTicket) message)
          : () -> changes.take(request);
    }

    @Override
    public Runnable onRead(ClientMessage.Read message) {
      Runnable read = message.accept((ClientMessage.ReadVisitor<Runnable>) this);
      return () -> reads.begin(requester, message, new Counted(read));
    }

    @Override
    public Runnable onAdmin(AdminMessage message) {
      return counted(
          () -> {
            if (!requester.isReplaced()) {
              admin.take(requester, message);
            }
          });
    }

    @Override
    public Runnable onGetTickets(ClientMessage.GetTickets message) {
      return () -> reads.tickets(requester, message);
    }

    @Override
    public Runnable onGetTicket(ClientMessage.GetTicket message) {
      return () -> reads.ticket(requester, message);
    }

    @Override
    public Runnable onCancelWait(ClientMessage.CancelWait message) {
      return () -> {
        if (!processes.cancelWait(requester, message.waitRequestId())) {
          changes.cancelWait(requester, message.waitRequestId());
        }
        reads.pong(requester, message.requestId());
      };
    }

    @Override
    public Runnable onPing(ClientMessage.Ping message) {
      return () -> reads.pong(requester, message.requestId());
    }
  }
}
