package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.EventSealer;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * One append on its way: the transaction that it is, which is sent until it answers, and what the
 * answers say. An answer that it was not written is final: what it collided with never goes away.
 * The journal's loop, except for the stage.
 */
final class AppendAttempt {
  private static final GetOption WHOLE = GetOption.DEFAULT;
  private static final GetOption KEY = GetOption.builder().withKeysOnly(true).build();

  private static final long FIRST_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long SILENCE = Duration.ofSeconds(1).toNanos();
  private static final long NEVER = Duration.ofDays(1).toNanos();

  private final AppendQueue.Pending pending;
  private final String id;
  private final EtcdKeys keys;
  private final EtcdRecords records;

  final long begunNanos;

  private long dueNanos;
  private long pauseNanos;
  private int sendings;

  /** Whether it may have been written without an answer. */
  boolean unclear;

  /** That the ticket has, or would get. */
  private long number;

  /** The answer to its last sending. */
  sealed interface Reading {
    /**
     * It ends so, once the tail has delivered that revision.
     *
     * @param revision of the journal; 0 if there is nothing to wait for
     */
    record Ended(Outcome outcome, long revision) implements Reading {}

    /** Its number is another ticket's. */
    record NumberTaken() implements Reading {}

    /** It says nothing. */
    record Nothing() implements Reading {}
  }

  /**
   * @param id another one for each append
   */
  AppendAttempt(AppendQueue.Pending pending, String id, EtcdDesk desk, long begunNanos) {
    this.pending = pending;
    this.id = id;
    this.keys = desk.keys();
    this.records = desk.records();
    this.begunNanos = begunNanos;
    this.number = pending.append().event().ticket().number();
  }

  Append append() {
    return pending.append();
  }

  /** When it is to be sent again. */
  long dueNanos() {
    return dueNanos;
  }

  /**
   * It is sent now. A member may be frozen or without a leader, and the next one answer: it is sent
   * again after 1 s without an answer, then after 2 s and so on; a redaction, which takes its time,
   * is not.
   */
  void sent(long now) {
    unclear |= sendings > 0;
    sendings++;
    dueNanos = now + (append().redacts() ? NEVER : sendings * SILENCE);
  }

  /** It is known what became of it. */
  void rest(long now) {
    dueNanos = now + NEVER;
  }

  /** It failed, and is to be sent again after a pause. */
  void later(long now) {
    pauseNanos = pauseNanos == 0 ? FIRST_PAUSE : Math.min(2 * pauseNanos, LONGEST_PAUSE);
    dueNanos = now + pauseNanos;
  }

  boolean creates() {
    return append().event() instanceof TicketCreated;
  }

  long number() {
    return number;
  }

  void number(long claimed) {
    number = claimed;
  }

  boolean isAnswered() {
    return pending.stage().isDone();
  }

  /** Any thread. */
  void answer(Outcome outcome) {
    pending.stage().complete(outcome);
  }

  /**
   * Fills a transaction in.
   *
   * @param lease of an idempotency key that expires
   */
  Txn fill(Txn empty, long lease) {
    return empty.If(compares().toArray(new Cmp[0]))
        .Then(puts(lease).toArray(new Op[0]))
        .Else(reads().toArray(new Op[0]));
  }

  private ByteSequence eventKey() {
    return keys.event(append().ticket(), append().expectedRevision());
  }

  private ByteSequence ticketKey() {
    return keys.ticket(append().ticket());
  }

  private ByteSequence operationKey() {
    return keys.operation(append().operation().agent(), append().operation().id());
  }

  private long expected() {
    long revision = append().expectedRevision();
    return revision == 0 ? 0 : revision - records.base();
  }

  private List<Cmp> compares() {
    List<Cmp> compares = new ArrayList<>();
    compares.add(new Cmp(ticketKey(), Cmp.Op.EQUAL, CmpTarget.modRevision(expected())));
    compares.add(absent(eventKey()));
    if (append().operation() != null) {
      compares.add(absent(operationKey()));
    }
    if (creates()) {
      compares.add(absent(keys.number(number)));
    }
    return compares;
  }

  private static Cmp absent(ByteSequence key) {
    return new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(0));
  }

  private List<Op> puts(long lease) {
    WireEvent event = EventSealer.seal(append().event(), number, 0, 0).event();
    Ticket ticket = event.ticket();
    List<Op> puts = new ArrayList<>();
    puts.add(put(ticketKey(), JournalCodec.encodeTicket(ticket)));
    puts.add(put(eventKey(), JournalCodec.encodeEvent(event, append().comments(), beside())));
    puts.add(put(keys.head(), eventKey().getBytes()));
    String description = ticket.content().description();
    if (description != null) {
      puts.add(put(keys.description(ticket.id()), description.getBytes(UTF_8)));
    }
    if (event.comment() != null) {
      puts.add(
          put(
              keys.comment(ticket.id(), event.comment().id()),
              JournalCodec.encodeComment(event.comment())));
    }
    if (creates()) {
      puts.add(put(keys.number(number), ticket.id().toString().getBytes(UTF_8)));
    }
    Operation operation = append().operation();
    if (operation != null) {
      byte[] value =
          JournalCodec.encodeTexts(Map.of(EtcdRecords.FINGERPRINT, operation.fingerprint()));
      PutOption option =
          operation.forEver() ? PutOption.DEFAULT : PutOption.builder().withLeaseId(lease).build();
      puts.add(Op.put(operationKey(), ByteSequence.from(value), option));
    }
    return puts;
  }

  private Map<String, String> beside() {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put(EtcdRecords.ATTEMPT, id);
    if (append().operation() != null) {
      beside.put(
          EtcdRecords.OPERATION, append().operation().agent() + "/" + append().operation().id());
    }
    return beside;
  }

  private static Op put(ByteSequence key, byte[] value) {
    return Op.put(key, ByteSequence.from(value), PutOption.DEFAULT);
  }

  private List<Op> reads() {
    List<Op> reads = new ArrayList<>();
    reads.add(Op.get(eventKey(), WHOLE));
    reads.add(Op.get(ticketKey(), KEY));
    if (append().operation() != null) {
      reads.add(Op.get(operationKey(), WHOLE));
    }
    if (creates()) {
      reads.add(Op.get(keys.number(number), KEY));
    }
    return reads;
  }

  /** What the answer to the transaction says. */
  Reading read(TxnResponse answer) {
    if (answer.isSucceeded()) {
      return appended(answer.getHeader().getRevision());
    }
    List<GetResponse> found = answer.getGetResponses();
    KeyValue event = only(found.get(0));
    if (event != null && id.equals(records.text(event, EtcdRecords.ATTEMPT))) {
      return appended(event.getCreateRevision());
    }
    KeyValue operation = append().operation() == null ? null : only(found.get(2));
    if (operation != null) {
      long revision = records.revision(operation);
      return new Reading.Ended(
          new Outcome.Repeated(
              new RecordedOperation(records.text(operation, EtcdRecords.FINGERPRINT), revision)),
          revision);
    }
    KeyValue ticket = only(found.get(1));
    long current = ticket == null ? 0 : ticket.getModRevision();
    if (current != expected()) {
      long revision = current == 0 ? 0 : records.base() + current;
      return new Reading.Ended(new Outcome.Conflict(revision), revision);
    }
    boolean taken = creates() && only(found.get(found.size() - 1)) != null;
    return taken ? new Reading.NumberTaken() : new Reading.Nothing();
  }

  private Reading appended(long revision) {
    long placed = records.base() + revision;
    return new Reading.Ended(new Outcome.Appended(placed), placed);
  }

  private static KeyValue only(GetResponse response) {
    return response.getKvs().isEmpty() ? null : response.getKvs().get(0);
  }
}
