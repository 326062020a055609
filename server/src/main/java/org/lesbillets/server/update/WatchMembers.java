package org.lesbillets.server.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.session.FilteredWatch;
import org.lesbillets.server.update.RecentEvents.Recent;

/**
 * The watches at one place in the chain of events, by their queries: each distinct query is
 * evaluated once for an event, whose frame the watches with that query share.
 *
 * <p>Guarded by its follower; while an event is matched only {@link #add} and the questions are
 * called. At most {@value #CAPACITY} watches, so that one event takes under 1 ms.
 */
final class WatchMembers {
  static final int CAPACITY = 512;

  private final Map<BoundQuery, List<Member>> byQuery = new LinkedHashMap<>();

  /** Those that are not matched yet. */
  private final List<Member> arrived = new ArrayList<>();

  private int size;

  /** A watch, which has received everything up to an event from its own catch-up. */
  private static final class Member {
    private final FilteredWatch watch;
    private final long caughtUpIndex;
    private final long caughtUpRevision;
    private long sentRevision;

    Member(FilteredWatch watch, Recent caughtUpWith) {
      this.watch = watch;
      this.caughtUpIndex = caughtUpWith.index();
      this.caughtUpRevision = caughtUpWith.revision();
      this.sentRevision = caughtUpRevision;
    }

    void catchUp(long matchedRevision) {
      if (!watch.isEnded()) {
        watch.catchUp(Math.max(matchedRevision, caughtUpRevision));
      }
    }
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == CAPACITY;
  }

  void add(FilteredWatch watch, Recent caughtUpWith) {
    arrived.add(new Member(watch, caughtUpWith));
    size++;
  }

  /** Has those that arrived matched from the next event on. */
  void welcome() {
    for (Member member : arrived) {
      byQuery.computeIfAbsent(member.watch.query(), query -> new ArrayList<>(1)).add(member);
    }
    arrived.clear();
  }

  boolean has(BoundQuery query) {
    return byQuery.containsKey(query)
        || arrived.stream().anyMatch(member -> member.watch.query().equals(query));
  }

  /** Whether none is left that has not ended. */
  boolean isOver() {
    for (List<Member> equal : byQuery.values()) {
      for (Member member : equal) {
        if (!member.watch.isEnded()) {
          return false;
        }
      }
    }
    return arrived.stream().allMatch(member -> member.watch.isEnded());
  }

  /** Drops the watches that have ended. */
  void sweep() {
    welcome();
    size = 0;
    for (Iterator<List<Member>> each = byQuery.values().iterator(); each.hasNext(); ) {
      List<Member> equal = each.next();
      equal.removeIf(member -> member.watch.isEnded());
      size += equal.size();
      if (equal.isEmpty()) {
        each.remove();
      }
    }
  }

  /**
   * Pushes an event to the watches that it concerns.
   *
   * @param now the time that ages are measured to
   * @return the number of queries it was compared with
   */
  int match(Recent event, Instant now) {
    for (List<Member> equal : byQuery.values()) {
      Match match = match(equal.get(0).watch, event, now);
      if (match != null) {
        push(equal, event, match);
      }
    }
    return byQuery.size();
  }

  private static Match match(FilteredWatch any, Recent event, Instant now) {
    if (event.redacts()) {
      return any.matchRedacted(event.after(), now);
    }
    return any.match(
        any.isTimed() ? event.happened().before() : event.before(), event.after(), now);
  }

  private static void push(List<Member> equal, Recent event, Match match) {
    for (Member member : equal) {
      if (event.index() > member.caughtUpIndex && !member.watch.isEnded()) {
        push(member.watch, event, match);
        member.sentRevision = event.revision();
      }
    }
  }

  private static void push(FilteredWatch watch, Recent event, Match match) {
    SequencedEvent happened = event.happened().event();
    if (watch.replays(happened)) {
      watch.replay(happened, match);
    } else {
      watch.push(event.frame(match));
    }
  }

  /** Sends those that were sent nothing of late up to where they have received everything. */
  void position(long revision) {
    byte[] frame = null;
    for (List<Member> equal : byQuery.values()) {
      for (Member member : equal) {
        if (member.sentRevision < revision && !member.watch.isEnded()) {
          frame = frame == null ? frame(member.watch.position(revision)) : frame;
          member.sentRevision = revision;
          member.watch.push(frame);
        }
      }
    }
  }

  private static byte[] frame(ServerMessage.Position position) {
    return FilteredWatch.frame(MessageCodec.encodeUtf8(position));
  }

  /** Ends the sessions of all. */
  void fail() {
    welcome();
    byQuery.values().forEach(equal -> equal.forEach(member -> member.watch.fail()));
  }

  /**
   * Has all of them catch up by themselves.
   *
   * @param revision of the last event that was matched
   */
  void disperse(long revision) {
    welcome();
    byQuery.values().forEach(equal -> equal.forEach(member -> member.catchUp(revision)));
  }
}
