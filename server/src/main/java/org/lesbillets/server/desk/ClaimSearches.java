package org.lesbillets.server.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.work.FairLane;

/**
 * The choice of tickets for claims: queries are evaluated as {@link QueryWork}, and the choice is
 * confirmed by the desk (optimistic concurrency). The desk's thread. One search at a time for each
 * session, FIFO; bounded by the desk's bound on unanswered requests.
 *
 * <pre>
 *              match                      ticket's queue reached: confirmed
 *   SEARCHING -------> CHOSEN (reserved) -----------------------------------> append
 *     ^  |  ^             |                                                     |
 *     |  |  +-------------+ a better one came, or the ticket changed            | end: reservation
 *     |  |                                                                      | over
 *     |  +-- no match, but some reserved --> CONTENDED --- reservation over ----+
 *     |                                          |
 *     +------------------------------------------+        no match at all: NOT_FOUND
 * </pre>
 *
 * <p>The ticket is the first claimable match as of the confirmation. One that another claim is
 * about to get counts as taken; a claim that finds only such waits for what becomes of them.
 */
final class ClaimSearches {
  /** Tickets the desk compares itself, when a query searches no texts. */
  private static final int DESK_PAGE = 64;

  /** Tickets on the pages of all searches, when those have more than the smallest. */
  private static final int PAGES_IN_ALL = 1 << 20;

  /** Confirmations that may fail for want of the desk's time. */
  private static final int MAX_ROUNDS = 64;

  private final QueryWork work;
  private final DeskState state;
  private final IdempotencyCheck idempotency;
  private final BiConsumer<TicketId, ChangeRequest> onChosen;
  private final Map<ChangeRequest, Entry> entries = new IdentityHashMap<>();

  /** The last attempt of each operation that is not answered yet. */
  private final Map<Operation, Entry> byOperation = new HashMap<>();

  /** Searches that follow events. */
  private final Set<Entry> following = new LinkedHashSet<>();

  /** For each session its searches that are not confirmed, the one at work first. */
  private final Map<Requester, Deque<Entry>> bySession = new HashMap<>();

  /** Tickets that claims are about to get. */
  private final Map<TicketId, Entry> reserved = new HashMap<>();

  /** A claim that is not answered yet; also a page's way back from a worker. */
  private final class Entry implements QueryWork.Task {
    private final ClaimSearch search;
    private final ClaimTicket claim;
    private final FairLane.Job job = new FairLane.Job();
    private TicketId chosen;
    private boolean working;
    private int rounds;
    private boolean superseded;
    private volatile boolean over;

    Entry(ClaimSearch search, ClaimTicket claim) {
      this.search = search;
      this.claim = claim;
    }

    ChangeRequest request() {
      return search.request();
    }

    @Override
    public Requester owner() {
      return request().requester();
    }

    @Override
    public FairLane.Job job() {
      return job;
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public void done(ClaimPage page) {
      if (!over) {
        take(this, page);
        wakeUp();
      }
    }

    void wakeUp() {
      working = false;
      advance(this);
    }

    @Override
    public void failed() {
      if (!over) {
        end(request());
        idempotency.refuse(request(), DeskMessages.WORKERS_BUSY);
      }
    }
  }

  /**
   * @param onChosen queues the request on its ticket, whose queue has the choice confirmed
   */
  ClaimSearches(
      QueryWork work,
      DeskState state,
      IdempotencyCheck idempotency,
      BiConsumer<TicketId, ChangeRequest> onChosen) {
    this.work = work;
    this.state = state;
    this.idempotency = idempotency;
    this.onChosen = onChosen;
  }

  /** Searches a ticket for a claim, behind the other claims of its session. */
  void begin(ChangeRequest request, ClaimTicket claim) {
    Entry entry = new Entry(new ClaimSearch(request, claim, work.time().now()), claim);
    entries.put(request, entry);
    supersede(entry);
    Deque<Entry> queue = bySession.computeIfAbsent(request.requester(), who -> new ArrayDeque<>(1));
    queue.add(entry);
    if (queue.size() == 1) {
      following.add(entry);
      advance(entry);
    }
  }

  /**
   * An earlier attempt of the same operation, whose client is on another connection by now, must
   * not act after this one was refused: it searches no longer.
   */
  private void supersede(Entry entry) {
    Operation operation = entry.request().operation();
    Entry earlier = operation == null ? null : byOperation.put(operation, entry);
    if (earlier != null) {
      earlier.superseded = true;
      if (earlier.chosen == null) {
        giveUp(earlier);
      }
    }
  }

  private void giveUp(Entry entry) {
    end(entry.request());
    if (entry.owner().isGone()) {
      idempotency.dropped();
    } else {
      idempotency.refuse(entry.request(), DeskMessages.SUPERSEDED);
    }
  }

  /** Follows an event that the book has applied. */
  void deliver(Ticket after) {
    for (Entry entry : following) {
      if (entry.search.note(after)) {
        wake(entry);
      }
    }
  }

  /** Lets a search continue that waits for a change, in a task of its own. */
  private void wake(Entry entry) {
    if (!entry.working && entry.chosen == null) {
      entry.working = true;
      work.post(entry::wakeUp);
    }
  }

  /**
   * Whether a claim that is next on its chosen ticket may have it: it is still the first match. If
   * not, the search continues, and the claim will be queued again.
   */
  boolean confirm(ChangeRequest request) {
    Entry entry = entries.get(request);
    if (entry.superseded) {
      release(entry);
      wake(entry);
      return false;
    }
    if (following.contains(entry)) {
      if (entry.search.hasChanged()) {
        boolean now = work.hasCredit() || ++entry.rounds > MAX_ROUNDS;
        if (!look(entry, entry.search.changedPage(state.book()), now)) {
          release(entry);
          return false;
        }
      }
      Optional<TicketId> first = first(entry);
      if (first.isPresent() && first.get().equals(entry.chosen)) {
        following.remove(entry);
        leave(entry);
        return true;
      }
    } else {
      entry.search.restart();
      following.add(entry);
    }
    release(entry);
    wake(entry);
    return false;
  }

  /** The claim is answered; its reservation is over. */
  void end(ChangeRequest request) {
    Entry entry = entries.remove(request);
    if (entry != null) {
      byOperation.remove(request.operation(), entry);
      entry.over = true;
      following.remove(entry);
      release(entry);
      leave(entry);
    }
  }

  /** Drops the searches of a closed connection; a claim that is queued on its ticket stays. */
  void disconnected(Requester requester) {
    for (Entry entry : List.copyOf(bySession.getOrDefault(requester, new ArrayDeque<>()))) {
      if (entry.chosen == null) {
        end(entry.request());
        idempotency.dropped();
      }
    }
  }

  private void advance(Entry entry) {
    while (!entry.over && !entry.working && entry.chosen == null) {
      ClaimSearch search = entry.search;
      if (entry.owner().isGone() || entry.superseded) {
        giveUp(entry);
      } else if (search.hasChanged()) {
        look(entry, search.changedPage(state.book()), work.hasCredit());
      } else if (first(entry).isPresent() && search.isDecidable()) {
        choose(entry, first(entry).get());
      } else if (!search.isDecidable()) {
        boolean now = work.hasCredit() && !search.searchesTexts();
        int most = now ? DESK_PAGE : workersPage();
        look(entry, search.nextPage(state.claimable(), most, reserved::containsKey), now);
      } else if (search.isTruncated()) {
        search.restart();
      } else {
        if (!search.isContended()) {
          end(entry.request());
          idempotency.refuse(entry.request(), TicketRules.nothingToClaim(entry.claim));
        }
        return;
      }
    }
  }

  /** Each page is a journey to a worker and back. */
  private int workersPage() {
    int share = PAGES_IN_ALL / following.size();
    return Math.max(ClaimSearch.MIN_PAGE, Math.min(ClaimSearch.MAX_PAGE, share));
  }

  private Optional<TicketId> first(Entry entry) {
    return entry.search.first(id -> isAnothers(id, entry));
  }

  private boolean isAnothers(TicketId ticket, Entry entry) {
    return reserved.getOrDefault(ticket, entry) != entry;
  }

  private void choose(Entry entry, TicketId ticket) {
    entry.chosen = ticket;
    reserved.put(ticket, entry);
    onChosen.accept(ticket, entry.request());
  }

  /** The next search of its session begins. */
  private void leave(Entry entry) {
    Deque<Entry> queue = bySession.get(entry.owner());
    if (queue != null && queue.remove(entry)) {
      if (queue.isEmpty()) {
        bySession.remove(entry.owner());
      } else if (following.add(queue.peek())) {
        wake(queue.peek());
      }
    }
  }

  /** Gives up a reservation: other searches look at the ticket again. */
  private void release(Entry entry) {
    TicketId ticket = entry.chosen;
    entry.chosen = null;
    if (ticket == null || !reserved.remove(ticket, entry)) {
      return;
    }
    for (Entry other : following) {
      if (other.search.released(ticket)) {
        wake(other);
      }
    }
  }

  /**
   * Compares a page with the query, on this thread or on a worker's.
   *
   * @param now whether to begin at once
   * @return whether it is done; if not, a worker continues
   */
  private boolean look(Entry entry, ClaimPage page, boolean now) {
    if (now && work.runNow(page)) {
      take(entry, page);
      return true;
    }
    entry.working = true;
    work.runLater(page, entry);
    return false;
  }

  private void take(Entry entry, ClaimPage page) {
    entry.search.take(page, state.book(), id -> isAnothers(id, entry));
  }
}
