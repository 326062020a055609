package org.lesbillets.cli.client.bench;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * A decoder for many connections that get the same events, each of which is decoded once: else a
 * thousand watchers would measure the decoder. A direct-mapped cache of 512 texts of at most 4,096
 * characters. Any thread, wait-free.
 */
final class SharedDecoder {
  private static final int PLACES = 512;
  private static final int LONGEST = 4_096;

  private record Entry(String text, ServerMessage message) {}

  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(PLACES);

  ServerMessage decode(String text) throws WireFormatException {
    if (text.length() > LONGEST) {
      return MessageCodec.decodeServerMessage(text);
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    Entry entry = entries.get(place);
    if (entry == null || !entry.text.equals(text)) {
      entry = new Entry(text, MessageCodec.decodeServerMessage(text));
      entries.set(place, entry);
    }
    return entry.message;
  }
}
