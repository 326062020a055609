package org.lesbillets.model.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ListedFields;

/** Lenient decoder of tickets, locks and comments, without limits. Stateless; any thread. */
final class TicketReader {
  private static final Duration LONGEST = Duration.ofMillis(WireLimits.MAX_INTEGER);

  private TicketReader() {}

  static Ticket ticket(WireObject o) throws WireFormatException {
    return new Ticket(
        id(o),
        o.count("number"),
        FieldReader.lenient(o),
        new Stamp(o.time("createdAt"), o.agent("createdBy")),
        new Stamp(o.time("updatedAt"), o.agent("updatedBy")),
        o.count("revision"),
        o.count("changedRevision"),
        o.count("commentCount"),
        lockOrNull(o, "lock"));
  }

  /** Some fields of a ticket; what is not there is left out. */
  static ListedFields.Row row(WireObject o, List<String> fields) throws WireFormatException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", o.text("id"));
    values.put("number", o.count("number"));
    for (String name : fields) {
      if (o.names().contains(name)) {
        values.putIfAbsent(name, o.plain(name));
      }
    }
    return new ListedFields.Row(values);
  }

  static TicketId id(WireObject o) throws WireFormatException {
    String text = o.text("id");
    try {
      return TicketId.of(text);
    } catch (IllegalArgumentException e) {
      throw o.wrong("id", "must be a UUID of 36 characters");
    }
  }

  static TicketLock lockOrNull(WireObject o, String name) throws WireFormatException {
    WireObject lock = o.objectOrNull(name, o.path(name) + ".");
    if (lock == null) {
      return null;
    }
    AgentName holder = lock.agent("holder");
    long token = lock.count("token");
    Duration ttl = Duration.ofMillis(lock.count("ttlMillis"));
    Duration expiresIn = lock.millisOrNull("expiresInMillis", Duration.ZERO, LONGEST);
    Long waiting = lock.integerOrNull("waiting", 0, Integer.MAX_VALUE);
    return new TicketLock(
        holder,
        token,
        lock.time("since"),
        ttl,
        expiresIn == null ? ttl : expiresIn,
        lock.textOrNull("note"),
        lock.textOrNull("client"),
        waiting == null ? 0 : waiting.intValue(),
        LockKind.of(lock.flag("claimed"), lock.flag("returns")));
  }

  static Comment comment(WireObject o) throws WireFormatException {
    return new Comment(o.count("id"), o.time("at"), o.agent("by"), o.text("text"));
  }
}
