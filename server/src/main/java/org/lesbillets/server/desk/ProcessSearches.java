package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.world.Processes;

/**
 * Requests for locks that follow a process, while that is looked for. The desk's thread; bounded by
 * the desk's bound on unanswered requests.
 */
final class ProcessSearches {
  private final ProcessLocks locks;
  private final ChangePipeline changes;
  private final Executor desk;
  private final List<Search> open = new ArrayList<>();

  /** One request. */
  private static final class Search {
    private final ChangeRequest request;
    private final ClientMessage.LockTicket lock;
    private boolean cancelled;

    Search(ChangeRequest request, ClientMessage.LockTicket lock) {
      this.request = request;
      this.lock = lock;
    }
  }

  /**
   * @param desk runs a task on the desk's thread
   */
  ProcessSearches(ProcessLocks locks, ChangePipeline changes, Executor desk) {
    this.locks = locks;
    this.changes = changes;
    this.desk = desk;
  }

  /** Has the process looked for, then takes or refuses the request. */
  void begin(ChangeRequest request, ClientMessage.LockTicket lock) {
    Decision.Rejected refusal = ProcessLocks.refusal(lock, request.requester());
    if (refusal != null) {
      changes.refuse(request, refusal);
      return;
    }
    Search search = new Search(request, lock);
    open.add(search);
    locks.find(request, lock.whilePid(), found -> desk.execute(() -> end(search, found)));
  }

  /**
   * Has a request not wait for its lock.
   *
   * @return whether its process is looked for
   */
  boolean cancelWait(Requester requester, String requestId) {
    for (Search search : open) {
      if (search.request.requester() == requester
          && search.request.change().requestId().equals(requestId)) {
        search.cancelled = true;
        return true;
      }
    }
    return false;
  }

  private void end(Search search, Processes.Found found) {
    open.remove(search);
    ChangeRequest request =
        search.cancelled && search.request.waits()
            ? search.request.changed(search.lock.queued(new LockWait(Duration.ZERO)))
            : search.request;
    long pid = search.lock.whilePid();
    switch (found.state()) {
      case RUNNING -> changes.take(request.following(found.process()));
      case UNKNOWN -> changes.take(request);
      case ENDED -> changes.refuse(request, DeskMessages.processEnded(pid));
      case ANOTHERS -> changes.refuse(request, DeskMessages.processOfAnother(pid));
    }
  }
}
