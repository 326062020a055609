package org.lesbillets.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Sentences for events, without their author and the ticket's title: {@code closed #17}, {@code
 * locked #17 for 15m: "calling customer"}. Texts in them are not sanitized yet. Stateless.
 */
public final class EventSentence implements WireEvent.Visitor<String> {
  private static final EventSentence WORDS = new EventSentence(null);

  /** Formatter of moments; null for the format of the wire. */
  private final HumanTime time;

  private EventSentence(HumanTime time) {
    this.time = time;
  }

  /** What was done. */
  public static String what(WireEvent event) {
    return event.accept(WORDS);
  }

  /** What was done, with moments formatted for people. */
  public static String what(WireEvent event, HumanTime time) {
    return event.accept(new EventSentence(time));
  }

  /** Who did what. */
  public static String whoAndWhat(WireEvent event) {
    return event.by() == null ? what(event) : event.by() + " " + what(event);
  }

  /** Who did what, with moments formatted for people. */
  public static String whoAndWhat(WireEvent event, HumanTime time) {
    return event.by() == null ? what(event, time) : event.by() + " " + what(event, time);
  }

  /** What time has done. */
  public static String what(TicketMatch match) {
    return "time has "
        + number(match.ticket())
        + (match.match() == Match.ENTERED ? " match" : " match no longer");
  }

  private static String number(Ticket ticket) {
    return "#" + ticket.number();
  }

  @Override
  public String onCreated(WireEvent.TicketCreated event) {
    String made = event.ticket().content().key() == null ? "created " : "raised ";
    return (event.imported() ? "imported " : made) + number(event.ticket());
  }

  @Override
  public String onUpdated(WireEvent.TicketUpdated event) {
    String released = event.unlocked() ? ", and released the lock" : "";
    if (event.changes().isEmpty()) {
      return "left " + number(event.ticket()) + " as it was" + released;
    }
    if (event.by() == null && !event.ticket().isAsleep()) {
      return number(event.ticket()) + " woke up";
    }
    if (event.changes().size() == 1 && changes(event, TicketField.WAKE_AT)) {
      return event.ticket().isAsleep()
          ? "snoozed " + number(event.ticket()) + " until " + moment(event.ticket())
          : "woke " + number(event.ticket());
    }
    if (changes(event, TicketField.RAISED)) {
      return raised(event);
    }
    if (event.changes().size() == 1 && changes(event, TicketField.STATUS)) {
      return (event.ticket().isOpen() ? "reopened " : "closed ")
          + number(event.ticket())
          + released;
    }
    return "updated " + number(event.ticket()) + ": " + changes(event.changes()) + released;
  }

  private String moment(Ticket asleep) {
    return time == null
        ? asleep.content().text(TicketField.WAKE_AT)
        : time.moment(asleep.content().wakeAt());
  }

  private static boolean changes(WireEvent.TicketUpdated event, TicketField<?> field) {
    return event.changes().stream().anyMatch(change -> change.field() == field);
  }

  private static String raised(WireEvent.TicketUpdated event) {
    return (changes(event, TicketField.STATUS) ? "reopened " : "raised ")
        + number(event.ticket())
        + ", raised "
        + event.ticket().content().text(TicketField.RAISED)
        + " times by now"
        + (event.comment() == null ? "" : quoted(event.comment().text()));
  }

  @Override
  public String onLocked(WireEvent.TicketLocked event) {
    TicketLock lock = event.ticket().lock();
    String lease = lock == null ? "" : " for " + HumanTime.length(lock.ttl()) + quoted(lock.note());
    if (event.renewed()) {
      return "renewed the lock on " + number(event.ticket()) + lease;
    }
    if (event.stolenFrom() != null) {
      String lockOn = "lock on " + number(event.ticket());
      String taken =
          event.stolenFrom().equals(event.by())
              ? "took over their own " + lockOn
              : "took the " + lockOn + " from " + event.stolenFrom();
      return taken + quoted(event.reason()) + (event.returned() ? ", and ended the claim" : "");
    }
    return (event.claimed() ? "claimed " : "locked ") + number(event.ticket()) + lease;
  }

  @Override
  public String onUnlocked(WireEvent.TicketUnlocked event) {
    AgentName holder = event.ended() == null ? null : event.ended().holder();
    String kind = event.returned() ? "claim" : "lock";
    String whose = holder == null ? "the " + kind : holder + "'s " + kind;
    if (event.reason() == UnlockReason.EXPIRED) {
      return whose + " on " + number(event.ticket()) + " expired" + attempts(event);
    }
    if (event.reason() == UnlockReason.FORCED) {
      String broken = holder != null && holder.equals(event.by()) ? "their own " + kind : whose;
      return "broke " + broken + " on " + number(event.ticket()) + quoted(event.note());
    }
    return event.returned()
        ? "gave " + number(event.ticket()) + " back" + quoted(event.note()) + attempts(event)
        : "unlocked " + number(event.ticket()) + quoted(event.note());
  }

  /** The failed attempts so far, if this ended a claim. */
  private static String attempts(WireEvent.TicketUnlocked event) {
    long attempts = event.ticket().attempts();
    if (!event.returned() || attempts == 0) {
      return "";
    }
    return ", after " + attempts + (attempts == 1 ? " attempt" : " attempts");
  }

  @Override
  public String onCommented(WireEvent.TicketCommented event) {
    String text = number(event.ticket()) + quoted(event.comment().text());
    return event.comment().by().equals(event.by())
        ? "commented on " + text
        : "imported a comment by " + event.comment().by() + " on " + text;
  }

  @Override
  public String onRedacted(WireEvent.TicketRedacted event) {
    String what =
        event.what().field() == null
            ? "comment " + event.what().comment()
            : "the " + event.what().field().wireName();
    return "redacted " + what + " of " + number(event.ticket()) + quoted(event.reason());
  }

  @Override
  public String onUnknown(WireEvent.UnknownEvent event) {
    return "did " + event.type() + " to " + number(event.ticket());
  }

  private static String quoted(String text) {
    return text == null || text.isBlank()
        ? ""
        : ": \"" + text.strip().replaceAll("\\s+", " ") + '"';
  }

  private static String changes(List<FieldChange> changes) {
    return changes.stream()
        .map(change -> change.accept(CHANGE_WORDS))
        .collect(Collectors.joining(", "));
  }

  private static final FieldChange.Visitor<String> CHANGE_WORDS =
      new FieldChange.Visitor<>() {
        @Override
        public String onReplaced(FieldChange.Replaced change) {
          String name = change.field().wireName();
          return name + " " + value(change.from()) + " → " + value(change.to());
        }

        @Override
        public String onRetagged(FieldChange.Retagged change) {
          List<String> words = new ArrayList<>();
          change.to().stream()
              .filter(t -> !change.from().contains(t))
              .forEach(t -> words.add("+" + t));
          change.from().stream()
              .filter(t -> !change.to().contains(t))
              .forEach(t -> words.add("-" + t));
          return "tags " + String.join(", ", words);
        }

        @Override
        public String onRewritten(FieldChange.Rewritten change) {
          return "description rewritten";
        }

        private String value(String value) {
          return value == null ? "none" : value;
        }
      };
}
