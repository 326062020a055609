package org.lesbillets.model.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketContent;

/** Reads tickets and what belongs to them as a server or a journal tells them, without limits. */
final class TicketReader {
  private static final Duration LONGEST = Duration.ofMillis(WireLimits.MAX_INTEGER);

  private TicketReader() {}

  static Ticket ticket(WireObject o) throws WireFormatException {
    Long attempts = o.countOrNull("attempts");
    return new Ticket(
        id(o),
        o.count("number"),
        content(o),
        new Stamp(o.time("createdAt"), o.agent("createdBy")),
        new Stamp(o.time("updatedAt"), o.agent("updatedBy")),
        o.count("revision"),
        o.count("changedRevision"),
        o.count("commentCount"),
        attempts == null ? 0 : attempts,
        lockOrNull(o, "lock"));
  }

  static TicketId id(WireObject o) throws WireFormatException {
    String text = o.text("id");
    try {
      return TicketId.of(text);
    } catch (IllegalArgumentException e) {
      throw o.wrong("id", "must be a UUID of 36 characters");
    }
  }

  private static TicketContent content(WireObject o) throws WireFormatException {
    return new TicketContent(
        o.text("title"),
        o.textOrNull("description"),
        o.choice("status", Choice.STATUS),
        o.choice("priority", Choice.PRIORITY),
        o.agentOrNull("assignee"),
        o.textOrNull("requester"),
        o.textOrNull("reference"),
        tags(o));
  }

  private static List<String> tags(WireObject o) throws WireFormatException {
    List<String> tags = o.texts("tags");
    tags.replaceAll(TicketReader::shared);
    return tags;
  }

  private static String shared(String tag) {
    String known = SharedWords.TAGS.find(tag);
    return known == null ? SharedWords.TAGS.keep(tag, tag) : known;
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

  static List<Comment> comments(List<WireObject> objects) throws WireFormatException {
    List<Comment> comments = new ArrayList<>();
    for (WireObject o : objects) {
      comments.add(comment(o));
    }
    return comments;
  }
}
