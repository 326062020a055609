package org.lesbillets.server.simulation;

import static org.lesbillets.server.simulation.History.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;

/**
 * Texts that were redacted. Once that is acknowledged, no answer to a later request has them, and
 * no message at all on a later connection. Each text of a run is unique. One thread.
 */
final class Secrets {
  private final Scheduler scheduler;
  private final Map<TicketId, List<Text>> texts = new HashMap<>();

  /** Redacted, by the revision of the redaction. */
  private final Map<Long, List<String>> redacted = new HashMap<>();

  private final List<Gone> gone = new ArrayList<>();

  /**
   * A text of a ticket.
   *
   * @param comment its id, or null for a title
   */
  private record Text(String text, Long comment) {}

  /** A text, and when it was acknowledged that it is gone. */
  private record Gone(String quoted, long since) {}

  Secrets(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** An event is durable. */
  void durable(WireEvent event, long revision, Ticket after) {
    List<Text> all = texts.computeIfAbsent(after.id(), id -> new ArrayList<>());
    if (event instanceof WireEvent.TicketRedacted redaction) {
      Redaction what = redaction.what();
      List<Text> some =
          all.stream()
              .filter(
                  one ->
                      what.field() == null
                          ? what.comment().equals(one.comment)
                          : one.comment == null)
              .toList();
      all.removeAll(some);
      redacted.put(revision, some.stream().map(Text::text).toList());
      return;
    }
    add(all, new Text(after.content().get(TicketField.TITLE), null));
    if (event.comment() != null) {
      add(all, new Text(event.comment().text(), event.comment().id()));
    }
  }

  private static void add(List<Text> all, Text one) {
    if (!all.contains(one) && !one.text.equals(Redaction.TEXT)) {
      all.add(one);
    }
  }

  /** The ids of comments with a text. */
  List<Long> comments(TicketId ticket) {
    return texts.getOrDefault(ticket, List.of()).stream()
        .map(Text::comment)
        .filter(comment -> comment != null)
        .toList();
  }

  /** A redaction is acknowledged. */
  void acknowledged(long revision) {
    for (String text : redacted.getOrDefault(revision, List.of())) {
      scheduler.trace("redacted " + text);
      gone.add(new Gone('"' + text + '"', scheduler.nanos()));
    }
  }

  /**
   * A message has arrived.
   *
   * @param since from when on no text that was gone then is in it
   */
  void arrived(String message, long since, String at) {
    for (Gone one : gone) {
      check(
          one.since >= since || !message.contains(one.quoted),
          () -> at + " has " + one.quoted + ", redacted at " + one.since / 1e9 + ": " + message);
    }
  }
}
