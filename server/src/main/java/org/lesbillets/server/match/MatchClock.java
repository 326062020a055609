package org.lesbillets.server.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.match.Deadlines.Entry;
import org.lesbillets.server.world.TimeSource;

/**
 * What time alone does to the matches of a watch whose query mentions time. It keeps the {@value
 * #CAPACITY} tickets whose result may change next, with their last result; beyond its horizon it
 * needs a scan of all tickets again.
 *
 * <p>Deadlines are moments of the wall clock, as ages are. The watch has received everything up to
 * a {@link TimeMark}, and events are matched as of then. A worker's thread, one at a time; any
 * thread may ask what is due and what was sent.
 *
 * <pre>
 *   EMPTY --- scan of all tickets ---> FILLED --- the horizon is due, clock set back ---> EMPTY
 * </pre>
 */
public final class MatchClock {
  public static final int CAPACITY = 1_024;

  /** Tickets between two looks at the time; each may be searched for texts. */
  private static final int STRIDE = 16;

  /** A wall clock further back than this was set. */
  private static final Duration SET_BACK = Duration.ofSeconds(1);

  private final TicketQuery query;
  private final AgentName agent;
  private final LockTimes lockTimes;
  private final TimeSource time;
  private final Deadlines deadlines = new Deadlines(CAPACITY);
  private boolean filled;

  /** How many tickets the scan has taken. */
  private int scanned;

  /** Of a scan under way: where the wall clock was set back to; null if it was not. */
  private Instant setBackTo;

  private volatile TimeMark told;

  /** The part of that which the client knows of, and resumes from. */
  private volatile TimeMark sent;

  private volatile long dueMillis = TicketQuery.NEVER;

  public MatchClock(TicketQuery query, AgentName agent, LockTimes lockTimes, TimeSource time) {
    this.query = query;
    this.agent = agent;
    this.lockTimes = lockTimes;
    this.time = time;
    begin(TimeMark.after(time.now()));
  }

  /** The watch has received everything up to here. */
  public final void begin(TimeMark told) {
    this.told = told;
    this.sent = told;
    restart();
  }

  /** Forgets the entries: all tickets are to be scanned. */
  public final void restart() {
    deadlines.clear();
    filled = false;
    scanned = 0;
    dueMillis = TicketQuery.NEVER;
  }

  /**
   * Scans further tickets, from the first one on the first time; at least one.
   *
   * @param tickets all of them, the same ones until the scan is over
   * @param revision up to which the watch has received all events
   * @param over whether the time for this part of the scan is over
   * @return results that changed since the wall clock was set back; mostly none
   */
  public List<TicketMatch> scan(List<Ticket> tickets, long revision, BooleanSupplier over) {
    if (scanned == 0) {
      Instant now = time.now();
      setBackTo = isSetBack(now) ? now : null;
    }
    List<TicketMatch> matches = new ArrayList<>();
    while (scanned < tickets.size()) {
      scan(tickets.get(scanned++), revision, matches);
      if (scanned % STRIDE == 0 && over.getAsBoolean()) {
        return matches;
      }
    }
    filled = true;
    told = setBackTo == null ? told : TimeMark.after(setBackTo);
    noticeDue();
    return matches;
  }

  /** Whether the scan is over. */
  public boolean isFilled() {
    return filled;
  }

  private void scan(Ticket ticket, long revision, List<TicketMatch> to) {
    Instant at = asOf(ticket);
    if (setBackTo != null) {
      boolean matches = matches(ticket, setBackTo);
      put(ticket, matches, setBackTo);
      if (matches != matches(ticket, at)) {
        // As of then: a client that loses the connection now resumes from then.
        to.add(told(ticket, at, matches, revision));
      }
    } else if (mark(ticket, at) != null || query.mentionsLeases()) {
      // Most have nothing to expect: only these are matched.
      put(ticket, matches(ticket, at), at);
    }
  }

  private TicketMatch told(Ticket ticket, Instant at, boolean matches, long revision) {
    Match match = matches ? Match.ENTERED : Match.LEFT;
    TicketMatch change = new TicketMatch(at, lockTimes.withRemaining(ticket), match, revision);
    sent = change.mark();
    return change;
  }

  /** An event's relation to the query; null if neither state matches. */
  public Match match(Ticket before, Ticket after) {
    Instant at = asOf(after);
    Entry known = deadlines.remove(after.id());
    boolean matched = known == null ? before != null && matches(before, at) : known.matches();
    return match(matched, after, at);
  }

  /** The relation of an event before which the ticket counts as matching. */
  public Match matchRedacted(Ticket after) {
    deadlines.remove(after.id());
    return match(true, after, asOf(after));
  }

  private Match match(boolean matched, Ticket after, Instant at) {
    boolean matches = matches(after, at);
    if (filled) {
      put(after, matches, at);
      noticeDue();
    }
    return Match.of(matched, matches);
  }

  /** Nothing is due: events are matched as of now. */
  public void advance(Instant now) {
    if (!now.isBefore(told.at())) {
      told = TimeMark.after(now);
    }
  }

  /** When something is due, in milliseconds of the epoch; {@link TicketQuery#NEVER} for never. */
  public long dueMillis() {
    return dueMillis;
  }

  /**
   * The moment up to which the watch has received everything, for a message that says so; null if
   * it has received a part of what is due at one. Any thread.
   */
  public Instant position() {
    TimeMark mark = told;
    if (mark.number() != TimeMark.ALL) {
      return null;
    }
    sent = mark;
    return mark.at();
  }

  /** Whether there is a moment to tell the client of, which it does not know yet. */
  public boolean isAhead() {
    return told.number() == TimeMark.ALL && sent.compareTo(told) < 0;
  }

  /**
   * Whether the client has to know the moment before an event. A resumed watch matches the event as
   * of what the client knew, which may have another result.
   */
  public boolean isAhead(Ticket after) {
    TimeMark changes = isAhead() ? mark(after, asOf(after, sent)) : null;
    return changes != null && changes.compareTo(told) <= 0;
  }

  /** Whether the last scan found the wall clock set back. */
  public boolean wasSetBack() {
    return setBackTo != null;
  }

  /** Whether the wall clock was set back, so that what was sent may be wrong now. */
  public boolean isSetBack(Instant now) {
    return told.at().isAfter(now.plus(SET_BACK));
  }

  /** Whether only a scan of all tickets can find what is due. */
  public boolean needsScan(Instant now) {
    return isSetBack(now) || deadlines.isExhausted();
  }

  /**
   * Takes the next deadline; there must be one.
   *
   * @param revision up to which the watch has received all events
   * @return the change of the result; null if there is none
   */
  public TicketMatch next(long revision) {
    Entry entry = deadlines.poll();
    told = entry.mark();
    Instant at = told.at();
    boolean matches = matches(entry.ticket(), at);
    put(entry.ticket(), matches, at);
    noticeDue();
    if (matches != entry.matches()) {
      return told(entry.ticket(), at, matches, revision);
    }
    if (dueMillis > at.toEpochMilli()) {
      told = TimeMark.after(at);
    }
    return null;
  }

  private void put(Ticket ticket, boolean matches, Instant at) {
    TimeMark mark = mark(ticket, at);
    boolean leaseMayGrow = matches && ticket.isLocked() && query.mentionsLeases();
    if (mark == null && leaseMayGrow) {
      mark = new TimeMark(Instant.MAX, ticket.number());
    }
    if (mark != null) {
      deadlines.put(new Entry(mark, ticket, matches));
    }
  }

  private TimeMark mark(Ticket ticket, Instant at) {
    long changes = query.changesAt(asOf(ticket, at), new QueryContext(agent, at));
    return changes == TicketQuery.NEVER
        ? null
        : new TimeMark(Instant.ofEpochMilli(changes), ticket.number());
  }

  private boolean matches(Ticket ticket, Instant at) {
    return query.matches(asOf(ticket, at), new QueryContext(agent, at));
  }

  /** The moment as of which the watch knows a ticket. */
  private Instant asOf(Ticket ticket) {
    return asOf(ticket, told);
  }

  private static Instant asOf(Ticket ticket, TimeMark mark) {
    return ticket.number() <= mark.number() ? mark.at() : mark.at().minusMillis(1);
  }

  /** With the time that its lease had left, or will have. */
  private Ticket asOf(Ticket ticket, Instant at) {
    TicketLock lock = ticket.lock();
    if (lock == null || !query.mentionsLeases()) {
      return ticket;
    }
    Duration left =
        lockTimes.remaining(ticket.id(), lock.token()).plus(Duration.between(at, time.now()));
    return ticket.withLock(lock.withRemaining(left.isNegative() ? Duration.ZERO : left, 0));
  }

  private void noticeDue() {
    TimeMark first = deadlines.first();
    boolean never = !filled || first == null || first.at().equals(Instant.MAX);
    dueMillis = never ? TicketQuery.NEVER : first.at().toEpochMilli();
  }
}
