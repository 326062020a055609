package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.KeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.journal.EventSealer;
import org.lesbillets.server.journal.JournalException;

/**
 * Reads the values of a desk's keys. No value says its own revision: that of an event is what
 * created its key, that of a ticket what changed its key last. Immutable; any thread.
 *
 * @param base what is added to a revision of etcd's to have the journal's
 */
record EtcdRecords(long base) {
  /** Field of a stored event: which attempt to append wrote it. */
  static final String ATTEMPT = "attempt";

  /** Field of a stored event: the name of the idempotency key that came with it. */
  static final String OPERATION = "operation";

  /** Field of a stored idempotency key. */
  static final String FINGERPRINT = "fingerprint";

  private interface Reading<T> {
    T read(byte[] value) throws WireFormatException;
  }

  /** The journal's revision of an event's key. */
  long revision(KeyValue event) {
    return base + event.getCreateRevision();
  }

  /**
   * The event of a key.
   *
   * @param previous the journal's revision of the event before it
   * @throws JournalException if it is none
   */
  SequencedEvent event(KeyValue stored, long previous) {
    WireEvent event = read(stored, JournalCodec::decodeEvent);
    return EventSealer.seal(event, event.ticket().number(), revision(stored), previous);
  }

  /**
   * The comments that came with a ticket.
   *
   * @param first the key of its first event
   */
  List<Comment> comments(KeyValue first) {
    return read(first, JournalCodec::decodeComments);
  }

  Comment comment(KeyValue stored) {
    return read(stored, JournalCodec::decodeComment);
  }

  /**
   * The ticket of a key.
   *
   * @param description its key; null if there is none
   */
  Ticket ticket(KeyValue stored, KeyValue description) {
    Ticket ticket = read(stored, JournalCodec::decodeTicket);
    long revision = base + stored.getModRevision();
    long changed = ticket.changedRevision() == 0 ? revision : ticket.changedRevision();
    TicketLock lock = ticket.lock();
    if (lock != null && lock.token() == TicketLock.SELF) {
      ticket = ticket.withLock(lock.withToken(revision));
    }
    String text = description == null ? "" : description.getValue().toString(UTF_8);
    return ticket
        .withRevision(revision, changed)
        .withContent(ticket.content().withDescription(text));
  }

  /** The value of an event's key without what is removed. */
  byte[] redacted(KeyValue stored, Redaction what) {
    Map<String, String> beside = new LinkedHashMap<>();
    for (String name : List.of(ATTEMPT, OPERATION)) {
      String text = text(stored, name);
      if (text != null) {
        beside.put(name, text);
      }
    }
    List<Comment> imported = comments(stored).stream().map(what::of).toList();
    return JournalCodec.encodeEvent(
        what.of(read(stored, JournalCodec::decodeEvent)), imported, beside);
  }

  /** One text of a value; null if it has none of that name. */
  String text(KeyValue stored, String name) {
    return read(stored, value -> JournalCodec.decodeText(value, name));
  }

  private static <T> T read(KeyValue stored, Reading<T> reading) {
    try {
      return reading.read(stored.getValue().getBytes());
    } catch (WireFormatException e) {
      throw new JournalException(
          "The key %s in etcd is damaged (%s): restore the cluster from a backup."
              .formatted(stored.getKey().toString(UTF_8), e.getMessage()),
          e);
    }
  }
}
