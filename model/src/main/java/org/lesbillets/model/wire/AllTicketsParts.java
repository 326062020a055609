package org.lesbillets.model.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage.AllTickets;

/**
 * Lazy encoder of a list of tickets into AllTickets messages, each bounded by {@link
 * WireLimits#PART_TICKETS} and {@link WireLimits#PART_BYTES}. There is at least one part, and a
 * part has at least one ticket when there are any; a ticket beyond the bound fills a part alone.
 *
 * <p>For one thread at a time; buffers one encoded ticket beside the list.
 */
public final class AllTicketsParts {
  private static final byte[] COMMA = {','};

  private final AllTickets answer;
  private final List<String> fields;
  private final EncodedTickets encodings;
  private final byte[] head;
  private final int room;
  private int encoded;
  private byte[] left;
  private boolean done;

  /**
   * @param answer as a whole, with whole tickets
   * @param projection the fields to encode of each
   * @param encodings of whole tickets, shared with other lists
   */
  public AllTicketsParts(AllTickets answer, Projection projection, EncodedTickets encodings) {
    this.answer = answer;
    this.encodings = encodings;
    this.fields = projection.fields();
    WireWriter w =
        new WireWriter()
            .beginObject()
            .text("type", "AllTickets")
            .text("requestId", answer.requestId());
    this.head = (fields == null ? w : w.texts("fields", fields)).beginArray("tickets").utf8();
    this.room = WireLimits.PART_BYTES - head.length - tail(false).length;
  }

  private byte[] tail(boolean more) {
    WireWriter w = ServerWriter.tail(new WireWriter().beginObject(), answer, more);
    return ("]," + w.json().substring(1)).getBytes(StandardCharsets.UTF_8);
  }

  public boolean hasNext() {
    return !done;
  }

  /**
   * The next part, whole, in UTF-8.
   *
   * @throws NoSuchElementException when there is none
   */
  public byte[] next() {
    if (done) {
      throw new NoSuchElementException("all parts were taken");
    }
    ByteArrayOutputStream part = new ByteArrayOutputStream(room / 4);
    part.writeBytes(head);
    int free = room;
    int count = 0;
    for (byte[] ticket = peek(); fits(ticket, count, free); ticket = peek()) {
      if (count > 0) {
        part.writeBytes(COMMA);
      }
      part.writeBytes(ticket);
      free -= ticket.length + 1;
      count++;
      left = null;
    }
    done = peek() == null;
    part.writeBytes(tail(!done));
    return part.toByteArray();
  }

  private static boolean fits(byte[] ticket, int count, int free) {
    return ticket != null
        && (count == 0 || count < WireLimits.PART_TICKETS && ticket.length <= free);
  }

  /** The next ticket that is in no part yet, or null. */
  private byte[] peek() {
    if (left == null && encoded < answer.tickets().size()) {
      Ticket ticket = answer.tickets().get(encoded++);
      left = fields == null ? encodings.of(ticket) : row(ticket);
    }
    return left;
  }

  private byte[] row(Ticket ticket) {
    return new TicketWriter(new WireWriter(), LockForm.COUNTED).row(ticket, fields).utf8();
  }
}
