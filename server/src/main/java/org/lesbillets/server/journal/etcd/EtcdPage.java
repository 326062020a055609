package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A page of events in the order of their revisions: a watch that is closed when the page is full.
 * It costs etcd what has happened since, and not what it has; only where that is compacted, all
 * keys of events are searched. For one thread that may block; jetcd's threads fill it.
 */
final class EtcdPage implements Watch.Listener {

  private final Bounds bounds;
  private final List<KeyValue> events = new ArrayList<>();
  private final CompletableFuture<List<KeyValue>> full = new CompletableFuture<>();
  private long bytes;

  /**
   * Where a page begins and ends.
   *
   * @param after etcd's revision before it
   * @param last etcd's revision of the last event, which is above that
   * @param limit at most so many events, 1 or more
   * @param maxBytes bound on their values; one is given even beyond it
   */
  record Bounds(long after, long last, int limit, long maxBytes) {}

  private EtcdPage(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Reads a page.
   *
   * @throws org.lesbillets.server.journal.JournalException if etcd does not answer
   */
  static List<KeyValue> read(EtcdDesk desk, Bounds bounds) {
    EtcdPage page = new EtcdPage(bounds);
    Watch.Watcher watcher = desk.etcd().watch(desk.keys().events(), bounds.after + 1, page);
    try {
      return desk.etcd().got(page.full);
    } catch (ExecutionException e) {
      if (EtcdTrouble.of(e.getCause()) == EtcdTrouble.COMPACTED) {
        return page.searched(desk);
      }
      throw EtcdTrouble.explained(desk.etcd().address(), e.getCause());
    } finally {
      watcher.close();
    }
  }

  private List<KeyValue> searched(EtcdDesk desk) {
    GetOption option =
        GetOption.builder()
            .isPrefix(true)
            .withMinCreateRevision(bounds.after + 1)
            .withSortField(GetOption.SortTarget.CREATE)
            .withSortOrder(GetOption.SortOrder.ASCEND)
            .withLimit(bounds.limit)
            .build();
    desk.etcd().await(desk.etcd().get(desk.keys().events(), option)).getKvs().forEach(this::add);
    return events;
  }

  private boolean add(KeyValue event) {
    bytes += event.getValue().size();
    if (events.size() == bounds.limit || !events.isEmpty() && bytes > bounds.maxBytes) {
      return false;
    }
    events.add(event);
    return true;
  }

  @Override
  public void onNext(WatchResponse response) {
    for (WatchEvent change : response.getEvents()) {
      KeyValue event = change.getKeyValue();
      // A redaction writes the key of an event again.
      boolean isEvent = event.getCreateRevision() == event.getModRevision();
      if (full.isDone()) {
        return;
      }
      if (isEvent && (!add(event) || event.getCreateRevision() >= bounds.last)) {
        full.complete(List.copyOf(events));
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    full.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    full.completeExceptionally(new IllegalStateException("the watch was closed"));
  }
}
