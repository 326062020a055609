package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tail;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a desk in an etcd cluster, which several servers append to: the compare-and-set of
 * a transaction decides between them, and each sees the events of all in one order. Its own thread
 * is "journal"; any thread may append, up to {@link AppendQueue#CAPACITY} at a time.
 *
 * <pre>
 *   append --> AppendQueue --> EtcdAppends --> transactions --.
 *                                                             etcd
 *   listener &lt;-- Tail &lt;------- EtcdTail &lt;------- watch -----'    EtcdPulse compares them
 * </pre>
 */
public final class EtcdJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdJournal.class);
  private static final long CLOSE_MILLIS = 2_500;
  private static final long HEAD_SECONDS = 2;

  /** The clock takes longer ones for a pause of the process. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final EtcdDesk desk;
  private final EtcdReads reads;
  private final AppendQueue queue = new AppendQueue(this::wake);
  private final Tail tail = new Tail();
  private final EtcdTail events;
  private final EtcdPulse pulse;
  private final EtcdLeases leases;
  private final EtcdNumbers numbers;
  private final EtcdAppends appends;
  private final EtcdCompaction compaction;
  private final Loop loop;

  private EtcdJournal(EtcdDesk desk) {
    this.desk = desk;
    this.reads = new EtcdReads(desk);
    this.loop = desk.world().loop("journal", this::round);
    long now = desk.world().time().nanos();
    this.events = new EtcdTail(desk, this::deliver, this::wake);
    this.pulse = new EtcdPulse(desk, events, this::poison, this::wake);
    this.leases = new EtcdLeases(desk.etcd(), this::wake, now);
    this.numbers = new EtcdNumbers(highestNumber(desk));
    this.appends = new EtcdAppends(desk, leases, numbers, this::wake);
    this.compaction = new EtcdCompaction(desk.etcd(), now);
  }

  /**
   * Opens the journal; creates one if there is none at the address.
   *
   * @throws JournalException if the cluster does not answer, or cannot be used
   */
  public static EtcdJournal open(EtcdAccess access, World world) {
    EtcdConnection etcd = connected(access);
    try {
      EtcdKeys keys = new EtcdKeys(access.address().prefix());
      EtcdMeta meta = EtcdMeta.open(etcd, keys, world.newId().toString());
      EtcdJournal journal = new EtcdJournal(new EtcdDesk(etcd, keys, meta, world));
      journal.loop.start(journal::died);
      return journal;
    } catch (RuntimeException e) {
      etcd.close();
      throw e;
    }
  }

  private static EtcdConnection connected(EtcdAccess access) {
    try {
      return EtcdConnection.of(access);
    } catch (NoClassDefFoundError e) {
      throw new JournalException(
          "The libraries for etcd are not on the class path: start bin/billets-server with"
              + " --journal, or add lib/etcd/* to what starts the server.",
          e);
    }
  }

  private static long highestNumber(EtcdDesk desk) {
    GetOption option =
        GetOption.builder()
            .isPrefix(true)
            .withKeysOnly(true)
            .withSortField(GetOption.SortTarget.KEY)
            .withSortOrder(GetOption.SortOrder.DESCEND)
            .withLimit(1)
            .build();
    List<KeyValue> found =
        desk.etcd().await(desk.etcd().get(desk.keys().numbers(), option)).getKvs();
    return found.isEmpty() ? 0 : EtcdKeys.numberOf(found.get(0).getKey());
  }

  private void wake() {
    loop.wake();
  }

  private void died(Thread thread, Throwable cause) {
    LOG.error("the thread {} died", thread.getName(), cause);
    String reason = "the thread " + thread.getName() + " died: restart the server";
    poison(reason);
    appends.settle(reason);
  }

  private long round() {
    long now = desk.world().time().nanos();
    long next = events.round(now);
    next = Math.min(next, leases.round(now));
    Obstacle before = pulse.obstacle();
    next = Math.min(next, pulse.round(now));
    heed(before, pulse.obstacle());
    long seen = Math.max(pulse.etcdRevision(), 0);
    next = Math.min(next, seen == 0 ? next : compaction.round(now, seen));
    long delivered = events.isStarted() ? events.delivered() : Long.MAX_VALUE;
    long more = appends.round(queue, now, delivered, tail.failure());
    return more == Loop.END ? Loop.END : Math.max(0, Math.min(next, Math.min(more, ROUND_NANOS)));
  }

  private void heed(Obstacle before, Obstacle obstacle) {
    if (before == null && obstacle != null) {
      LOG.warn(obstacle.reason());
      queue.pause(obstacle);
    } else if (before != null && obstacle == null) {
      LOG.info("The etcd cluster {} answers, and nothing is missing", desk.etcd().address());
      queue.resume();
    }
  }

  private void deliver(SequencedEvent event) {
    numbers.used(event.event().ticket().number());
    boolean[] taken = {true};
    tail.acknowledge(() -> taken[0] = tail.deliver(event));
    if (!taken[0]) {
      poison("the server made a mistake with event " + event.revision() + ": restart it");
    }
  }

  @Override
  public String journalId() {
    return desk.meta().journalId();
  }

  @Override
  public boolean ephemeral() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    return queue.add(append);
  }

  @Override
  public void tail(Listener listener) {
    EtcdSnapshot[] read = {null};
    tail.start(
        listener,
        l -> {
          read[0] = EtcdSnapshot.read(desk);
          l.onSnapshot(read[0].tickets(), read[0].last());
        });
    events.start(read[0].pinned(), read[0].last());
  }

  @Override
  public CompletionStage<Long> head() {
    GetOption option = GetOption.builder().withKeysOnly(true).build();
    return desk.etcd()
        .get(desk.keys().head(), option)
        .orTimeout(HEAD_SECONDS, TimeUnit.SECONDS)
        .handle(
            (found, failure) -> {
              if (failure != null) {
                throw EtcdTrouble.explained(desk.etcd().address(), failure);
              }
              List<KeyValue> head = found.getKvs();
              return head.isEmpty() ? 0 : desk.meta().base() + head.get(0).getModRevision();
            });
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public String failure() {
    return tail.failure();
  }

  @Override
  public Obstacle obstacle() {
    return pulse.obstacle();
  }

  @Override
  public void settle() {
    String reason = "the server stops before etcd has answered";
    queue.stall(Obstacle.behind(reason));
    appends.settle(reason);
    wake();
  }

  @Override
  public Uncertain uncertain() {
    return appends.uncertain(events.delivered());
  }

  @Override
  public void poison(String reason) {
    queue.refuse(reason);
    if (tail.fail(reason)) {
      LOG.error(reason);
    }
    wake();
  }

  @Override
  public void probe(Runnable probe) {
    queue.probe(probe);
  }

  @Override
  public JournalMeasures measures() {
    return appends.measures();
  }

  @Override
  public JournalReads reads() {
    return reads;
  }

  @Override
  public void backup(Path file) {
    throw new JournalException(
        "This server's journal is in etcd, which makes its own backups: run 'etcdctl snapshot save"
            + " FILE' against one member of "
            + desk.etcd().address()
            + ".");
  }

  @Override
  public void close() {
    queue.close();
    loop.join(CLOSE_MILLIS);
    if (loop.isRunning()) {
      settle();
    }
    appends.close();
    events.close();
    desk.etcd().close();
  }
}
