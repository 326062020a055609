package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.index.ClaimableTickets;

/**
 * The state of one claim's search for its ticket: a cursor in the index of claimable tickets, the
 * best matches so far, and which tickets at or before the cursor have changed since they were
 * looked at. The desk's thread; holds at most {@value #CANDIDATES} matches, and the ids of changed
 * and of contended tickets.
 *
 * <p>Invariant: each claimable ticket at or before the cursor does not match as it is now, or is a
 * candidate, or comes after the last of {@value #CANDIDATES} candidates, or is marked as changed,
 * or is marked as contended, or is in the page under way.
 *
 * <p>In the default order, which is that of the index, the first match ends the scan. Any other
 * order takes all of it, and keeps the best matches.
 */
public final class ClaimSearch {
  /** Bounds on the tickets of a page, of which the desk makes a copy. */
  static final int MIN_PAGE = 1_024;

  static final int MAX_PAGE = 8_192;

  /** Tickets on the pages of all searches, when those have more than the smallest. */
  private static final int PAGES_IN_ALL = 1 << 20;

  /** Bound on the matches kept; when all of those are taken by others, the scan begins again. */
  static final int CANDIDATES = 32;

  private final TicketQuery query;
  private final QueryContext context;
  private final Comparator<Ticket> order;
  private final boolean inIndexOrder;
  private final List<Ticket> candidates = new ArrayList<>();
  private final Set<TicketId> changed = new LinkedHashSet<>();
  private final Set<TicketId> contended = new LinkedHashSet<>();
  private Ticket cursor;
  private boolean exhausted;
  private boolean truncated;

  /**
   * @param claimant whose the terms about "me" are
   * @param now wall-clock time for the terms about time
   */
  public ClaimSearch(AgentName claimant, ClaimTicket claim, Instant now) {
    this.query = claim.query() == null ? TicketQuery.ALL : claim.query();
    this.context = new QueryContext(claimant, now);
    TicketOrder wanted = claim.order() == null ? TicketOrder.MOST_URGENT : claim.order();
    this.inIndexOrder = wanted.equals(TicketOrder.MOST_URGENT);
    this.order = wanted.comparator();
  }

  /** Whether a single ticket may be costly to compare. */
  public boolean searchesTexts() {
    return query.searchesTexts();
  }

  /**
   * Tickets on a page for a worker, each of which is a journey there and back.
   *
   * @param searches that are under way, 1 or more
   */
  public static int pageSize(int searches) {
    return Math.max(MIN_PAGE, Math.min(MAX_PAGE, PAGES_IN_ALL / searches));
  }

  /** Begins the scan again. */
  public void restart() {
    candidates.clear();
    changed.clear();
    contended.clear();
    cursor = null;
    exhausted = false;
    truncated = false;
  }

  /**
   * Notes an event on a ticket.
   *
   * @return whether a search that waits can continue
   */
  public boolean note(Ticket after) {
    TicketId id = after.id();
    candidates.removeIf(candidate -> candidate.id().equals(id));
    boolean concerned = contended.remove(id) | changed.remove(id);
    if (after.isClaimable() && isPassed(after)) {
      concerned = changed.add(id);
    }
    return concerned;
  }

  private boolean isPassed(Ticket ticket) {
    return exhausted || cursor != null && ClaimableTickets.ORDER.compare(ticket, cursor) <= 0;
  }

  /**
   * A ticket that another claim was about to get is free again.
   *
   * @return whether the search has to look at it
   */
  public boolean released(TicketId id) {
    return contended.remove(id) && changed.add(id);
  }

  public boolean hasChanged() {
    return !changed.isEmpty();
  }

  /** Whether the rest of the index cannot have a better match than the first candidate. */
  public boolean isDecidable() {
    return exhausted || inIndexOrder && !candidates.isEmpty();
  }

  /** Whether a match may have been left out, since there were too many better ones. */
  public boolean isTruncated() {
    return truncated;
  }

  /** Whether other claims are about to get tickets that match. */
  public boolean isContended() {
    return !contended.isEmpty();
  }

  /** The tickets that changed, as they are now. */
  public ClaimPage changedPage(TicketBook book) {
    List<Ticket> tickets = new ArrayList<>();
    changed.forEach(id -> book.find(id).ifPresent(tickets::add));
    changed.clear();
    tickets.sort(ClaimableTickets.ORDER);
    return new ClaimPage(tickets, criterion(Set.of(), false));
  }

  /**
   * The next tickets of the index; the cursor moves behind them.
   *
   * @param isReserved whether another claim is about to get a ticket; asked for each of the page
   */
  public ClaimPage nextPage(ClaimableTickets index, int most, Predicate<TicketId> isReserved) {
    List<Ticket> tickets = index.after(cursor, most);
    exhausted = tickets.size() < most;
    cursor = tickets.isEmpty() ? cursor : tickets.get(tickets.size() - 1);
    Set<TicketId> reserved =
        tickets.stream().map(Ticket::id).filter(isReserved).collect(Collectors.toSet());
    return new ClaimPage(tickets, criterion(reserved, inIndexOrder));
  }

  private ClaimPage.Criterion criterion(Set<TicketId> reserved, boolean stops) {
    Ticket bound = candidates.size() < CANDIDATES ? null : candidates.get(CANDIDATES - 1);
    truncated |= bound != null;
    return new ClaimPage.Criterion(query, context, order, bound, stops, reserved);
  }

  /**
   * Takes over the matches of a page. Those that have changed since are marked already.
   *
   * @param isReserved whether another claim is about to get a ticket
   */
  public void take(ClaimPage page, TicketBook book, Predicate<TicketId> isReserved) {
    if (page.stoppedEarly()) {
      exhausted = false;
      cursor = page.last();
      changed.removeIf(id -> book.find(id).filter(this::isPassed).isEmpty());
    }
    for (Ticket match : page.matches()) {
      boolean isCurrent = book.find(match.id()).filter(now -> now == match).isPresent();
      if (isCurrent && isReserved.test(match.id())) {
        contended.add(match.id());
      } else if (isCurrent) {
        insert(match);
      }
    }
  }

  private void insert(Ticket match) {
    int place = 0;
    while (place < candidates.size() && order.compare(candidates.get(place), match) < 0) {
      place++;
    }
    candidates.add(place, match);
    if (candidates.size() > CANDIDATES) {
      candidates.remove(CANDIDATES);
      truncated = true;
    }
  }

  /**
   * The best match, if there is one; those before it that are reserved count as contended.
   *
   * @param isReserved whether another claim is about to get a ticket
   */
  public Optional<TicketId> first(Predicate<TicketId> isReserved) {
    while (!candidates.isEmpty()) {
      TicketId id = candidates.get(0).id();
      if (!isReserved.test(id)) {
        return Optional.of(id);
      }
      candidates.remove(0);
      contended.add(id);
    }
    return Optional.empty();
  }
}
