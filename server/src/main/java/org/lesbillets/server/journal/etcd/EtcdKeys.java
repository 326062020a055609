package org.lesbillets.server.journal.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.TicketId;

/**
 * The names of a desk's keys. Immutable; any thread.
 *
 * <pre>
 *   meta               format, id of the journal, base of its revisions
 *   head               key of the last event; never compared, and put with each event
 *   t/TICKET           the ticket after its last event, without its description
 *   d/TICKET           its description, as text
 *   e/TICKET/REVISION  the event that follows the ticket's event of that revision
 *   c/TICKET/ID        a comment, but those that came with the ticket are in its first event
 *   n/NUMBER           the ticket's id
 *   o/AGENT/ID         an idempotency key
 * </pre>
 *
 * @param prefix of all
 */
record EtcdKeys(String prefix) {

  private ByteSequence key(String name) {
    return ByteSequence.from(prefix + "/" + name, UTF_8);
  }

  ByteSequence meta() {
    return key("meta");
  }

  ByteSequence head() {
    return key("head");
  }

  ByteSequence tickets() {
    return key("t/");
  }

  ByteSequence ticket(TicketId id) {
    return key("t/" + id);
  }

  ByteSequence descriptions() {
    return key("d/");
  }

  ByteSequence description(TicketId id) {
    return key("d/" + id);
  }

  ByteSequence events() {
    return key("e/");
  }

  ByteSequence events(TicketId id) {
    return key("e/" + id + "/");
  }

  /**
   * The event behind another of its ticket.
   *
   * @param after revision of the other; 0 for the first event
   */
  ByteSequence event(TicketId id, long after) {
    return key("e/%s/%019d".formatted(id, after));
  }

  /** The revision that an event's key names. */
  static long expectedOf(ByteSequence key) {
    return numberOf(key);
  }

  ByteSequence numbers() {
    return key("n/");
  }

  ByteSequence number(long number) {
    return key("n/%010d".formatted(number));
  }

  /** The number at the end of a key. */
  static long numberOf(ByteSequence key) {
    String text = key.toString(UTF_8);
    return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
  }

  /** The ticket of a {@link #ticket} or a {@link #description}. */
  static TicketId ticketOf(ByteSequence key) {
    String text = key.toString(UTF_8);
    return TicketId.of(text.substring(text.lastIndexOf('/') + 1));
  }

  /** The first key behind another. */
  static ByteSequence behind(ByteSequence key) {
    return key.concat(ByteSequence.from(new byte[1]));
  }

  /** The end of the range of the keys that begin with another, which ends with a slash. */
  static ByteSequence endOf(ByteSequence prefix) {
    byte[] end = prefix.getBytes();
    end[end.length - 1]++;
    return ByteSequence.from(end);
  }

  ByteSequence comment(TicketId id, long comment) {
    return key("c/%s/%010d".formatted(id, comment));
  }

  ByteSequence operation(AgentName agent, UUID id) {
    return operation(agent + "/" + id);
  }

  /**
   * An idempotency key.
   *
   * @param name agent and id, with a slash between them
   */
  ByteSequence operation(String name) {
    return key("o/" + name);
  }
}
