package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.WireEvent.TicketRedacted;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.world.BlockingCalls;

/**
 * The rewriting of what the keys of one ticket hold of something to be removed, before the event
 * that says so; then the cluster forgets the old values. On a thread of its own, one redaction at a
 * time, which holds a page of events; what has been rewritten when it fails is found rewritten when
 * it is tried again.
 */
final class EtcdRedaction implements AutoCloseable {
  private static final int WAITING = 64;
  private static final int PAGE = 32;

  /** Of the values of one transaction, which is below what etcd takes. */
  private static final int BYTES = 512 * 1024;

  private static final int MOST = 100;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final EtcdRecords records;
  private final BlockingCalls thread = new BlockingCalls("etcd-redaction", 1, WAITING);

  EtcdRedaction(EtcdDesk desk) {
    this.etcd = desk.etcd();
    this.keys = desk.keys();
    this.records = desk.records();
  }

  /**
   * Rewrites, and appends the event.
   *
   * @param attempt of a redaction
   * @param lease of an idempotency key that expires
   * @return fails as a call to etcd does
   * @throws java.util.concurrent.RejectedExecutionException if too many wait
   */
  CompletableFuture<AppendAttempt.Reading> rewrite(AppendAttempt attempt, long lease) {
    return thread.call(LONGEST, () -> rewritten(attempt, lease));
  }

  private AppendAttempt.Reading rewritten(AppendAttempt attempt, long lease)
      throws ExecutionException {
    TicketId ticket = attempt.append().ticket();
    Redaction what = ((TicketRedacted) attempt.append().event()).what();
    Long comment = what.comment();
    if (comment != null && comment > attempt.append().event().ticket().commentCount()) {
      return new AppendAttempt.Reading.Ended(new Outcome.Missing(Outcome.Missing.What.COMMENT), 0);
    }
    if (stands(attempt)) {
      Batch batch = new Batch();
      rewriteEvents(batch, ticket, what);
      if (comment != null) {
        rewriteComment(batch, keys.comment(ticket, comment), what);
      }
      batch.write();
    }
    AppendAttempt.Reading reading =
        attempt.read(etcd.got(attempt.fill(etcd.transaction(), lease).commit()));
    return reading instanceof AppendAttempt.Reading.Ended end
            && end.outcome() instanceof Outcome.Appended
        ? forgotten(end)
        : reading;
  }

  /** Whether the ticket is where the redaction was decided. */
  private boolean stands(AppendAttempt attempt) throws ExecutionException {
    List<KeyValue> found = found(keys.ticket(attempt.append().ticket()));
    return !found.isEmpty()
        && records.base() + found.get(0).getModRevision() == attempt.append().expectedRevision();
  }

  private void rewriteEvents(Batch batch, TicketId ticket, Redaction what)
      throws ExecutionException {
    ByteSequence from = keys.events(ticket);
    ByteSequence end = EtcdKeys.endOf(from);
    List<KeyValue> page;
    do {
      GetOption option = GetOption.builder().withRange(end).withLimit(PAGE).build();
      page = etcd.got(etcd.get(from, option)).getKvs();
      for (KeyValue stored : page) {
        rewrite(batch, stored, what);
        from = EtcdKeys.behind(stored.getKey());
      }
    } while (page.size() == PAGE);
  }

  private void rewrite(Batch batch, KeyValue stored, Redaction what) throws ExecutionException {
    byte[] taken = records.redacted(stored, what);
    if (!Arrays.equals(taken, stored.getValue().getBytes())) {
      batch.add(stored, taken);
    }
    String operation = records.text(stored, EtcdRecords.OPERATION);
    if (operation != null) {
      byte[] unknown =
          JournalCodec.encodeTexts(Map.of(EtcdRecords.FINGERPRINT, RecordedOperation.REDACTED));
      for (KeyValue key : found(keys.operation(operation))) {
        batch.add(key, unknown);
      }
    }
  }

  private void rewriteComment(Batch batch, ByteSequence key, Redaction what)
      throws ExecutionException {
    for (KeyValue stored : found(key)) {
      batch.add(stored, JournalCodec.encodeComment(what.of(records.comment(stored))));
    }
  }

  private List<KeyValue> found(ByteSequence key) throws ExecutionException {
    return etcd.got(etcd.get(key, GetOption.DEFAULT)).getKvs();
  }

  /** The members forget the old values; what of their files is free, a defragmentation removes. */
  private AppendAttempt.Reading forgotten(AppendAttempt.Reading.Ended end) {
    try {
      etcd.got(etcd.compact(end.revision() - records.base()));
      return end;
    } catch (ExecutionException e) {
      return EtcdTrouble.of(e) == EtcdTrouble.COMPACTED
          ? end
          : new AppendAttempt.Reading.Ended(
              new Outcome.Unfinished("etcd has not compacted: " + EtcdTrouble.said(e)),
              end.revision());
    }
  }

  @Override
  public void close() {
    thread.close();
  }

  /** Keys to be rewritten in one transaction, if none has changed since it was read. */
  private final class Batch {
    private final List<Cmp> unchanged = new ArrayList<>();
    private final List<Op> puts = new ArrayList<>();
    private int bytes;

    void add(KeyValue old, byte[] value) throws ExecutionException {
      PutOption option = PutOption.builder().withLeaseId(old.getLease()).build();
      unchanged.add(
          new Cmp(old.getKey(), Cmp.Op.EQUAL, CmpTarget.modRevision(old.getModRevision())));
      puts.add(Op.put(old.getKey(), ByteSequence.from(value), option));
      bytes += value.length;
      if (puts.size() >= MOST || bytes >= BYTES) {
        write();
      }
    }

    void write() throws ExecutionException {
      if (puts.isEmpty()) {
        return;
      }
      boolean written =
          etcd.got(
                  etcd.transaction()
                      .If(unchanged.toArray(new Cmp[0]))
                      .Then(puts.toArray(new Op[0]))
                      .commit())
              .isSucceeded();
      if (!written) {
        throw new ExecutionException(new IllegalStateException("a key has changed meanwhile"));
      }
      unchanged.clear();
      puts.clear();
      bytes = 0;
    }
  }
}
