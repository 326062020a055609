package org.lesbillets.model.wire;

import java.nio.charset.StandardCharsets;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.Match;

/**
 * An event encoded once as UTF-8 JSON. The copies for one connection differ from the broadcast copy
 * by a few bytes behind the type, which are spliced in without encoding the event again.
 *
 * <p>Immutable; any thread. Callers must not write to the arrays they are given.
 */
public final class EventJson {
  private final byte[] pushed;
  private final int head;

  private EventJson(byte[] pushed, int head) {
    this.pushed = pushed;
    this.head = head;
  }

  public static EventJson of(SequencedEvent event) {
    WireWriter w = new WireWriter().beginObject().text("type", event.event().type());
    int head = w.length();
    new EventWriter(w, LockForm.REMAINING).placed(event).endObject();
    return new EventJson(w.utf8(), head);
  }

  /** The broadcast copy, for watches without a query; always the same array. */
  public byte[] pushed() {
    return pushed;
  }

  /**
   * The copy of the one who asked.
   *
   * @param repeated whether the request had been answered before
   */
  public byte[] answer(String requestId, boolean repeated) {
    return spliced(requestId, repeated, null);
  }

  /** The copy of a watch with a query. */
  public byte[] matched(Match match) {
    return spliced(null, false, match);
  }

  private byte[] spliced(String requestId, boolean repeated, Match match) {
    WireWriter personal = new WireWriter().beginObject();
    ServerWriter.personal(personal, requestId, repeated, match);
    byte[] fields = personal.utf8();
    if (fields.length == 1) {
      return pushed;
    }
    fields[0] = ',';
    byte[] copy = new byte[pushed.length + fields.length];
    System.arraycopy(pushed, 0, copy, 0, head);
    System.arraycopy(fields, 0, copy, head, fields.length);
    System.arraycopy(pushed, head, copy, head + fields.length, pushed.length - head);
    return copy;
  }

  @Override
  public String toString() {
    return new String(pushed, StandardCharsets.UTF_8);
  }
}
