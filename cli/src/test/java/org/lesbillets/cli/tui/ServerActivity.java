package org.lesbillets.cli.tui;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/** What other agents do to the tickets of a scene, as events of the server. */
final class ServerActivity {
  private final Scene scene;

  ServerActivity(Scene scene) {
    this.scene = scene;
  }

  private Ticket ticket(long number) {
    return scene.model().tickets().book().findByNumber(number).orElseThrow();
  }

  private Instant at() {
    return scene.now().wall();
  }

  private Stamp stamp(String who) {
    return new Stamp(at(), new AgentName(who));
  }

  ServerActivity creates(String who, Ticket ticket) {
    scene.happened(new WireEvent.TicketCreated(at(), new AgentName(who), ticket, false));
    return this;
  }

  ServerActivity locks(String who, long number, Duration ttl, String note) {
    AgentName agent = new AgentName(who);
    TicketLock lock = new TicketLock(agent, TicketLock.SELF, at(), ttl, ttl, note, "tui", 0);
    Ticket locked = ticket(number).withLock(lock);
    scene.happened(new WireEvent.TicketLocked(at(), agent, locked, false, false));
    return this;
  }

  ServerActivity unlocks(String who, long number) {
    Ticket ticket = ticket(number);
    scene.happened(
        new WireEvent.TicketUnlocked(
            at(),
            new AgentName(who),
            ticket.withLock(null),
            UnlockReason.RELEASED,
            null,
            ticket.lock()));
    return this;
  }

  /**
   * A claim goes back to the pool.
   *
   * @param who null where it runs out
   */
  ServerActivity returns(String who, long number, UnlockReason reason, String note) {
    Ticket ticket = ticket(number);
    AgentName by = who == null ? null : new AgentName(who);
    Ticket free = ticket.withLock(null);
    scene.happened(new WireEvent.TicketUnlocked(at(), by, free, reason, note, ticket.lock(), true));
    return this;
  }

  ServerActivity closes(String who, long number) {
    return updates(who, number, TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED));
  }

  ServerActivity updates(String who, long number, TicketPatch patch) {
    Ticket before = ticket(number);
    TicketContent after = before.content().patched(patch);
    boolean closed = after.status() == TicketStatus.CLOSED;
    Ticket now = before.withContent(after).withUpdated(stamp(who));
    scene.happened(
        new WireEvent.TicketUpdated(
            at(),
            new AgentName(who),
            closed ? now.withLock(null) : now,
            after.changesSince(before.content()),
            closed && before.isLocked()));
    return this;
  }

  ServerActivity comments(String who, long number, String text) {
    Ticket before = ticket(number);
    Ticket now = before.withUpdated(stamp(who)).withCommentCount(before.commentCount() + 1);
    Comment comment = new Comment(0, at(), new AgentName(who), text);
    scene.happened(new WireEvent.TicketCommented(at(), comment.by(), now, comment));
    return this;
  }

  /** Half an hour of work, more of it in the middle than at the ends. */
  ServerActivity work() {
    List<String> agents = List.of("bob", "carol", "dave", "erin");
    for (int minute = 0; minute < 30; minute++) {
      int busy = 1 + minute % 7 + (minute > 9 && minute < 20 ? 6 : 0);
      for (int i = 0; i < busy; i++) {
        long number = 1 + (minute * 7L + i * 3L) % 26;
        String who = agents.get((minute + i) % agents.size());
        if (ticket(number).isLocked()) {
          unlocks(ticket(number).lock().holder().value(), number);
        } else if (i % 3 == 1) {
          comments(who, number, "Looked at it.");
        } else {
          locks(who, number, Duration.ofMinutes(15), null);
        }
        scene.tick();
      }
      scene.after(Duration.ofMinutes(1));
    }
    return this;
  }
}
