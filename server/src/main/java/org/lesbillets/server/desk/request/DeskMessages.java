package org.lesbillets.server.desk.request;

import java.time.Duration;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision.Rejected;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Outcome;

/**
 * Refusals for reasons of the server, not of the rules: its bounds, its journal, operation ids.
 * Each says what happened, and what to do next. Stateless.
 */
public final class DeskMessages {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofSeconds(1);

  public static final Rejected WORKERS_BUSY =
      busy("The server has too much to do: try again.", SOON);

  public static final Rejected JOURNAL_BEHIND =
      busy(
          "The journal is slow to deliver what it wrote, and nothing was changed: try again.",
          SOON);

  public static final Rejected NOT_FRESH =
      busy(
          "The server is behind its journal, and gives no older answer than was asked for: try"
              + " again, or ask another server.",
          LATER);

  public static final Rejected TOO_MANY_WAIT =
      busy("Too many wait for locks and claims: try again later, or without waiting.", LATER);

  public static final Rejected CLAIMED_IN_VAIN =
      new Rejected(
          RejectionCode.TIMEOUT,
          "Your wait is over, and there was nothing to claim: wait longer, or claim again later.");

  public static final Rejected SUPERSEDED =
      busy("The same operation was asked for again since: ask once more for its outcome.", SOON);

  public static final Rejected SERVER_STOPS = busy("The server stops: ask again.", SOON);

  public static final Rejected DRAINED =
      busy("The server is drained, and nothing waits there: ask again, or ask another one.", LATER);

  static final Rejected OPERATION_ID_REUSED =
      invalid(
          "operationId",
          "This operation id was used for another request: give each request an id of its own.");

  static final Rejected EVENT_FORGOTTEN =
      invalid(
          "operationId",
          "This request was done before, and what came of it is forgotten: look at the ticket.");

  public static final Rejected STILL_UNCERTAIN =
      new Rejected(
          RejectionCode.UNCERTAIN,
          "It may have happened the first time or not: when the server is well again, ask again"
              + " with the same operation id.");

  public static final Rejected PROCESS_OF_STRANGER =
      invalid(
          "whilePid",
          "Only a process of the server's own machine can be followed: connect to the server's"
              + " socket there, or give a time limit instead.");

  public static final Rejected PROCESS_OF_RENEWAL =
      invalid("whilePid", "A renewal follows no process: name the process when you take the lock.");

  public static final Rejected PROCESS_TTL =
      invalid(
          "ttlMillis",
          "A lock that follows a process lasts for at least 5 s each time: give a longer time.");

  public static final Rejected NO_SERVER =
      new Rejected(
          RejectionCode.INVALID, "This server cannot be administered: look at how it was started.");

  private DeskMessages() {}

  private static Rejected invalid(String field, String sentence) {
    return new Rejected(RejectionCode.INVALID, sentence, RejectionDetails.field(field));
  }

  public static Rejected processEnded(long pid) {
    return invalid(
        "whilePid",
        "Process %d does not run on the server's machine: name one that does.".formatted(pid));
  }

  public static Rejected processOfAnother(long pid) {
    return new Rejected(
        RejectionCode.FORBIDDEN,
        "Process %d belongs to another user: name one of your own.".formatted(pid),
        RejectionDetails.field("whilePid"));
  }

  private static Rejected busy(String sentence, Duration retryAfter) {
    return new Rejected(RejectionCode.BUSY, sentence, RejectionDetails.retryAfter(retryAfter));
  }

  /**
   * @param reason a sentence, or null if the journal has too much to write
   */
  static Rejected journalBusy(String reason) {
    return busy(
        reason == null
            ? "The journal has too much to write: try again."
            : reason + " Nothing was changed.",
        SOON);
  }

  static final Rejected UNREAD =
      new Rejected(
          RejectionCode.UNCERTAIN,
          ("The journal has not answered for %d s, so that it is not known whether this had its"
                  + " effect before: ask again with the same operation id.")
              .formatted(JournalLookup.LIMIT.toSeconds()));

  static Rejected unreadable(JournalException e) {
    return new Rejected(
        RejectionCode.UNCERTAIN,
        "The journal cannot be read (%s): tell whoever runs the server.".formatted(e.getMessage()));
  }

  /** For a read that needs the journal. */
  public static Rejected unreadable(String failure) {
    return new Rejected(
        RejectionCode.READ_ONLY,
        "The server cannot tell whether it knows all changes, because its journal failed (%s): ask"
                .formatted(failure)
            + " without that, or tell whoever runs it.");
  }

  public static Rejected waitedInVain(Ticket ticket) {
    String sentence =
        ticket.lock() == null
            ? "Your wait for ticket %d is over, and nobody holds it now: lock it again."
                .formatted(ticket.number())
            : "Ticket %d is still locked by %s: wait longer, or see who waits and why it is locked."
                .formatted(ticket.number(), ticket.lock().holder());
    return new Rejected(RejectionCode.TIMEOUT, sentence, RejectionDetails.lock(ticket.lock()));
  }

  static Rejected imported(Ticket ticket) {
    return invalid(
        "id",
        "Ticket %d has this id already, and says something else: it was left as it is."
            .formatted(ticket.number()));
  }

  static Rejected missing(Outcome.Missing.What what) {
    return switch (what) {
      case NUMBER ->
          new Rejected(
              RejectionCode.INVALID,
              ("There is a ticket %d, which is the highest number, so no ticket can have the next"
                      + " one: import the tickets into a new server, that one under a lower"
                      + " number.")
                  .formatted(WireLimits.MAX_NUMBER),
              RejectionDetails.limit("number", WireLimits.MAX_NUMBER));
      case COMMENT ->
          new Rejected(
              RejectionCode.NOT_FOUND,
              "The ticket has no comment with this id: look at its comments to see which there"
                  + " are.",
              RejectionDetails.field("commentId"));
    };
  }

  /** For the server's operator: the index of tickets by id is damaged. */
  public static String contradiction(TicketId ticket, Outcome.Conflict conflict) {
    return ("The journal contradicts itself: it has ticket %s at revision %d, and has delivered"
            + " another one: an index of it is damaged; keep a copy of the data directory, then put"
            + " a backup of the journal in its place.")
        .formatted(ticket, conflict.current());
  }

  /**
   * For the server's operator: a conflict is over something that was delivered, as another event.
   */
  public static String diverged(TicketId ticket, Outcome.Conflict conflict) {
    return ("The tickets of this server differ from those in the store: ticket %s is at revision %d"
            + " there, and at another one here: restart the server, which loads them all again.")
        .formatted(ticket, conflict.current());
  }

  /** For the server's operator: an acknowledgement without an event. */
  public static String undelivered(long revision) {
    return ("The journal has acknowledged event %d, and has not delivered it for %d s: restart the"
            + " server, which loads all tickets again.")
        .formatted(revision, DeskDependencies.DELIVERY.toSeconds());
  }

  /** What another server wrote has not come. */
  public static String notDelivered() {
    return "Another server has changed the ticket, and the journal has not delivered that for %d s."
        .formatted(DeskDependencies.DELIVERY.toSeconds());
  }

  /** For the server's operator: the index of tickets by number is damaged. */
  public static String numberTaken(Ticket ticket, Ticket other) {
    return ("The journal contradicts itself: it has given number %d to ticket %s and to ticket %s:"
            + " an index of it is damaged; keep a copy of the data directory, then put a backup of"
            + " the journal in its place.")
        .formatted(ticket.number(), other.id(), ticket.id());
  }

  /** For the server's operator: a lease cannot be ended. */
  public static String notWritten(Ticket ticket, int attempts, String outcome) {
    return ("The lease or the sleep of ticket %d is over, and its end could not be written %d times"
            + " in a row (%s): look after the disk and the log, and restart the server.")
        .formatted(ticket.number(), attempts, outcome);
  }

  public static Rejected readOnly(String reason) {
    return new Rejected(
        RejectionCode.READ_ONLY,
        "The server takes no changes, because its journal failed (%s): tell whoever runs it."
            .formatted(reason));
  }

  /**
   * It passes, other than {@link #readOnly}.
   *
   * @param reason a sentence that says since when
   */
  public static Rejected behind(String reason) {
    return new Rejected(
        RejectionCode.READ_ONLY,
        reason + " Nothing was changed: ask again later, or ask another server.",
        RejectionDetails.retryAfter(LATER));
  }

  /**
   * @param reason what is in the way, or has failed
   */
  static Rejected unfinished(String reason) {
    return new Rejected(
        RejectionCode.UNCERTAIN,
        ("The ticket and its history are redacted, but the old text may still be in the server's"
                + " files: %s. The server goes on removing it by itself, after its next start, too,"
                + " and its log says when it is gone.")
            .formatted(reason.replaceFirst("\\.$", "")));
  }

  /**
   * @param repeatable whether the request has an idempotency key, and may be sent again
   */
  static Rejected uncertain(String reason, boolean repeatable) {
    return new Rejected(
        RejectionCode.UNCERTAIN,
        "It may have happened or not, because the journal failed (%s): when the server is well"
                .formatted(reason)
            + (repeatable
                ? " again, ask again with the same operation id."
                : " again, look at the ticket before you ask again."));
  }
}
