package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * All tickets at one revision. Immutable.
 *
 * @param tickets in the order of their creation
 * @param pinned etcd's revision of which they are
 * @param last the journal's revision of the last event; 0 if there is none
 */
record EtcdSnapshot(List<Ticket> tickets, long pinned, long last) {
  /** Keys of one read; a description has at most 64 KiB. */
  private static final int PAGE = 1_000;

  /** A compaction may take away what it is reading. */
  private static final int TRIES = 3;

  private record Created(long revision, Ticket ticket) {}

  /**
   * Reads it, on a thread that may block.
   *
   * @throws org.lesbillets.server.journal.JournalException if etcd does not answer, or a key is
   *     damaged
   */
  static EtcdSnapshot read(EtcdDesk desk) {
    for (int left = TRIES; ; left--) {
      try {
        return readOnce(desk);
      } catch (ExecutionException e) {
        if (EtcdTrouble.of(e.getCause()) != EtcdTrouble.COMPACTED || left == 1) {
          throw EtcdTrouble.explained(desk.etcd().address(), e.getCause());
        }
      }
    }
  }

  private static EtcdSnapshot readOnce(EtcdDesk desk) throws ExecutionException {
    GetOption keysOnly = GetOption.builder().withKeysOnly(true).build();
    GetResponse head = desk.etcd().got(desk.etcd().get(desk.keys().head(), keysOnly));
    long pinned = head.getHeader().getRevision();
    List<KeyValue> found = head.getKvs();
    long last = found.isEmpty() ? 0 : desk.meta().base() + found.get(0).getModRevision();
    Map<TicketId, KeyValue> descriptions = new HashMap<>();
    ByteSequence prefix = desk.keys().descriptions();
    pages(desk, prefix, pinned, kv -> descriptions.put(EtcdKeys.ticketOf(kv.getKey()), kv));
    List<Created> tickets = new ArrayList<>(descriptions.size());
    pages(
        desk,
        desk.keys().tickets(),
        pinned,
        kv -> {
          KeyValue description = descriptions.remove(EtcdKeys.ticketOf(kv.getKey()));
          tickets.add(new Created(kv.getCreateRevision(), desk.records().ticket(kv, description)));
        });
    tickets.sort(Comparator.comparingLong(Created::revision));
    return new EtcdSnapshot(tickets.stream().map(Created::ticket).toList(), pinned, last);
  }

  /** Reads a page while the one before it is decoded. */
  private static void pages(
      EtcdDesk desk, ByteSequence prefix, long pinned, Consumer<KeyValue> each)
      throws ExecutionException {
    ByteSequence end = EtcdKeys.endOf(prefix);
    GetOption option =
        GetOption.builder().withRange(end).withRevision(pinned).withLimit(PAGE).build();
    CompletableFuture<GetResponse> next = desk.etcd().get(prefix, option);
    while (next != null) {
      List<KeyValue> page = desk.etcd().got(next).getKvs();
      next =
          page.size() < PAGE
              ? null
              : desk.etcd().get(EtcdKeys.behind(page.get(PAGE - 1).getKey()), option);
      page.forEach(each);
    }
  }
}
