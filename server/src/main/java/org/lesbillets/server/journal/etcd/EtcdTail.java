package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of all servers in the order of their revisions: a watch on the event keys, which is
 * opened again behind the last event whenever it fails; where etcd has compacted what follows, the
 * keys are read instead. Run by the journal's loop; jetcd's threads only hand over.
 *
 * <p>Holds at most {@value #CAPACITY} events that were not delivered: beyond that the watch is
 * closed, and opened again when they are.
 */
final class EtcdTail {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdTail.class);
  private static final int CAPACITY = 65_536;

  /** Of one round, so that appends get their turn. */
  private static final int ROUND = 1_024;

  /** Events of one read where the watch cannot go. */
  private static final int PAGE = 1_000;

  private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final EtcdRecords records;
  private final Consumer<SequencedEvent> delivery;
  private final Runnable wake;

  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();

  /** The watch, or the read in its place; null while there is none. */
  private Source source;

  /** Up to where, in etcd's revisions, there is no event that was not delivered. */
  private long position;

  private long openAt;
  private long pause = FIRST_PAUSE;
  private boolean compacted;

  /** Of the last event delivered, in the journal's revisions. */
  private volatile long delivered;

  private volatile boolean started;

  /** An event, or the end of a source. */
  private record Arrival(Source source, KeyValue event, Ending ending) {}

  /**
   * The end of a source.
   *
   * @param failure null for the end of a read
   * @param upTo etcd's revision up to which all was read; 0 if there is more
   */
  private record Ending(Throwable failure, long upTo) {}

  /**
   * @param delivery takes each event, on the journal's loop
   * @param wake wakes that loop
   */
  EtcdTail(EtcdDesk desk, Consumer<SequencedEvent> delivery, Runnable wake) {
    this.etcd = desk.etcd();
    this.keys = desk.keys();
    this.records = desk.records();
    this.delivery = delivery;
    this.wake = wake;
  }

  /**
   * Begins behind a snapshot. Any thread, once.
   *
   * @param pinned etcd's revision of the snapshot
   * @param last the journal's revision of the last event in it
   */
  void start(long pinned, long last) {
    position = pinned;
    delivered = last;
    started = true;
    wake.run();
  }

  boolean isStarted() {
    return started;
  }

  /** Whether it has events that are to be delivered. Any thread. */
  boolean isWorking() {
    return queued.get() > 0;
  }

  /** The journal's revision of the last event delivered. Any thread. */
  long delivered() {
    return delivered;
  }

  /**
   * Delivers what has come.
   *
   * @return nanoseconds until there may be something to do without a wake
   */
  long round(long now) {
    if (!started) {
      return Long.MAX_VALUE;
    }
    int some = 0;
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      queued.decrementAndGet();
      if (arrival.source == source) {
        take(arrival, now);
      }
      some++;
      if (some == ROUND) {
        return 0;
      }
    }
    if (source != null) {
      return Long.MAX_VALUE;
    }
    if (now - openAt >= 0) {
      open();
      return Long.MAX_VALUE;
    }
    return openAt - now;
  }

  private void take(Arrival arrival, long now) {
    if (arrival.ending != null) {
      ended(arrival.ending, now);
      return;
    }
    KeyValue event = arrival.event;
    if (event.getCreateRevision() > position) {
      delivery.accept(records.event(event, delivered));
      position = event.getCreateRevision();
      delivered = records.revision(event);
    }
    pause = FIRST_PAUSE;
  }

  private void ended(Ending ending, long now) {
    source.close();
    source = null;
    position = Math.max(position, ending.upTo);
    if (ending.failure == null) {
      compacted = ending.upTo == 0;
      openAt = now;
      return;
    }
    LOG.debug("the watch from revision {} ended", position + 1, ending.failure);
    compacted = EtcdTrouble.of(ending.failure) == EtcdTrouble.COMPACTED;
    openAt = compacted ? now : now + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  private void open() {
    Source next = new Source();
    source = next;
    if (compacted) {
      etcd.get(keys.events(), behind(position)).whenComplete(next::read);
    } else {
      next.watch(position + 1);
    }
  }

  private static GetOption behind(long position) {
    return GetOption.builder()
        .isPrefix(true)
        .withMinCreateRevision(position + 1)
        .withSortField(GetOption.SortTarget.CREATE)
        .withSortOrder(GetOption.SortOrder.ASCEND)
        .withLimit(PAGE)
        .build();
  }

  /** Gives up the present watch, which may have been forgotten, for another. */
  void reopen(long now) {
    if (source != null) {
      source.close();
      source = null;
      openAt = now;
    }
  }

  /**
   * Says that there is no event behind the one delivered last.
   *
   * @param last the journal's revision of the last event
   * @param asOf etcd's revision of which that is true
   */
  void quiet(long last, long asOf) {
    if (last == delivered) {
      position = Math.max(position, asOf);
    }
  }

  void close() {
    if (source != null) {
      source.close();
    }
  }

  /** What brings events, until it ends; its callbacks are on jetcd's threads. */
  private final class Source implements Watch.Listener {
    private Watch.Watcher watcher;
    private volatile boolean ended;

    void watch(long from) {
      try {
        watcher = etcd.watch(keys.events(), from, this);
      } catch (RuntimeException e) {
        end(e, 0);
      }
    }

    void read(GetResponse page, Throwable failure) {
      if (failure != null) {
        end(failure, 0);
        return;
      }
      List<KeyValue> events = page.getKvs();
      add(events);
      end(null, events.size() < PAGE ? page.getHeader().getRevision() : 0);
    }

    @Override
    public void onNext(WatchResponse response) {
      if (ended) {
        return;
      }
      List<KeyValue> events = new ArrayList<>();
      for (WatchEvent change : response.getEvents()) {
        KeyValue value = change.getKeyValue();
        // A redaction writes the key of an event again.
        if (value.getCreateRevision() == value.getModRevision()) {
          events.add(value);
        }
      }
      add(events);
      if (queued.get() > CAPACITY) {
        end(new IllegalStateException("too many events wait to be delivered"), 0);
      }
    }

    private void add(List<KeyValue> events) {
      queued.addAndGet(events.size());
      events.forEach(event -> arrivals.add(new Arrival(this, event, null)));
      wake.run();
    }

    /** jetcd would go on by itself, from a revision that it may not have reached. */
    @Override
    public void onError(Throwable failure) {
      end(failure, 0);
    }

    @Override
    public void onCompleted() {
      end(new IllegalStateException("the watch was closed"), 0);
    }

    private void end(Throwable failure, long upTo) {
      if (!ended) {
        ended = true;
        queued.incrementAndGet();
        arrivals.add(new Arrival(this, null, new Ending(failure, upTo)));
        wake.run();
      }
    }

    void close() {
      ended = true;
      if (watcher != null) {
        watcher.close();
      }
    }
  }
}
