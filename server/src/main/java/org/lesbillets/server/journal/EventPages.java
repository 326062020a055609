package org.lesbillets.server.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/**
 * A cache of the pages of events that were read last: watches that fell behind together read the
 * same ones at about the same time, and each page is read and completed once for all of them.
 *
 * <p>Any thread that may block on the disk; two that ask at once may both read. Holds {@value
 * #CAPACITY} pages of at most {@value #EVENTS} events or {@value #BYTES} bytes of texts, one larger
 * event excepted.
 */
public final class EventPages {
  static final int CAPACITY = 4;
  static final int EVENTS = 1_000;
  static final long BYTES = 256 * 1024;

  private final JournalReads reads;

  /** By the revision before; the one that was not asked for longest first. Guarded by this. */
  private final Map<Long, List<Entry>> pages = new LinkedHashMap<>(CAPACITY, 0.75f, true);

  /** What the pages were read after. Guarded by this. */
  private long redactions;

  /** An event with the ticket before and after it, which are looked up once. Any thread. */
  public static final class Entry {
    private final SequencedEvent event;
    private final JournalReads reads;

    /** The event of the same ticket before this one in the page, or null; until it is read. */
    private Entry earlier;

    private Ticket before;
    private Ticket after;

    private Entry(SequencedEvent event, Entry earlier, JournalReads reads) {
      this.event = event;
      this.earlier = earlier;
      this.reads = reads;
    }

    public SequencedEvent event() {
      return event;
    }

    /** The ticket before the event with its description, or null if there was none. */
    public synchronized Ticket before() {
      complete();
      return before;
    }

    /** The ticket after the event with its description. */
    public synchronized Ticket after() {
      complete();
      return after;
    }

    private void complete() {
      if (after != null) {
        return;
      }
      Ticket ticket = event.event().ticket();
      before =
          earlier == null
              ? reads.ticketAt(ticket.id(), event.previousRevision()).orElse(null)
              : earlier.after();
      after = whole(ticket, before);
      earlier = null;
    }

    /** Events other than created and updated leave the description out: it is unchanged then. */
    private static Ticket whole(Ticket ticket, Ticket before) {
      return ticket.content().description() != null || before == null
          ? ticket
          : ticket.withContent(ticket.content().withDescription(before.content().description()));
    }
  }

  public EventPages(JournalReads reads) {
    this.reads = reads;
  }

  /**
   * Some of the events after a revision, in order: not all that have happened since the page was
   * read.
   *
   * @param seen how many redactions the caller has seen: what was read before is dropped
   * @return empty if there is none
   * @throws JournalException if the journal is damaged or cannot be read
   */
  public List<Entry> after(long revision, long seen) {
    List<Entry> page = cached(revision, seen);
    if (page == null) {
      page = entries(reads.eventsAfter(revision, EVENTS, BYTES));
      keep(revision, seen, page);
    }
    return page;
  }

  private synchronized List<Entry> cached(long revision, long seen) {
    if (seen > redactions) {
      pages.clear();
      redactions = seen;
    }
    return seen == redactions ? pages.get(revision) : null;
  }

  private synchronized void keep(long revision, long seen, List<Entry> page) {
    if (page.isEmpty() || seen != redactions) {
      return;
    }
    pages.put(revision, page);
    if (pages.size() > CAPACITY) {
      pages.remove(pages.keySet().iterator().next());
    }
  }

  private List<Entry> entries(List<SequencedEvent> events) {
    Map<TicketId, Entry> last = new HashMap<>();
    List<Entry> page = new ArrayList<>(events.size());
    for (SequencedEvent event : events) {
      TicketId id = event.event().ticket().id();
      Entry entry = new Entry(event, last.get(id), reads);
      last.put(id, entry);
      page.add(entry);
    }
    return List.copyOf(page);
  }
}
