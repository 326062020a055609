package org.lesbillets.model.wire;

import static org.lesbillets.model.wire.GoldenSamples.BOB;
import static org.lesbillets.model.wire.GoldenSamples.COMMENT;
import static org.lesbillets.model.wire.GoldenSamples.ID;
import static org.lesbillets.model.wire.GoldenSamples.OPERATION;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lesbillets.model.Priority;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/** An example of every request, by the name of its golden file. */
final class GoldenRequests {
  private static final TicketRef TICKET = TicketRef.of(17);
  private static final LockTerms TERMS =
      new LockTerms(Duration.ofSeconds(30), "calling customer", "cli");

  private final Map<String, ClientMessage> all = new LinkedHashMap<>();

  private GoldenRequests() {
    reading();
    writing();
    locking();
    administering();
  }

  static Map<String, ClientMessage> all() {
    return new GoldenRequests().all;
  }

  private void add(String variant, ClientMessage message) {
    String name = "client." + message.type() + (variant.isEmpty() ? "" : "." + variant);
    if (all.put(name, message) != null) {
      throw new IllegalStateException("two goldens are called " + name);
    }
  }

  private static TicketQuery query() {
    try {
      return TicketQuery.parse("status:open priority:>=high \"on fire\"");
    } catch (QuerySyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reading() {
    add("bare", new ClientMessage.GetTickets("1", null, null, null, null, null));
    add(
        "all",
        new ClientMessage.GetTickets(
            "1",
            query(),
            new TicketOrder(TicketOrder.Field.UPDATED, true),
            50,
            true,
            new ResumePoint("j-7", 90)));
    ResumePoint told =
        new ResumePoint("j-7", 90, new TimeMark(Instant.parse("2026-11-22T10:00:00Z"), 17));
    add("told", new ClientMessage.GetTickets("1", query(), null, null, true, told));
    ClientMessage.GetTickets list = new ClientMessage.GetTickets("1", query(), null, 50);
    add("fields", list.telling(Projection.of(List.of("title", "lock"))));
    add("count", list.telling(Projection.COUNT));
    add("fresh", list.fresh(true));
    add("unwatch", new ClientMessage.GetTickets("1", null, null, 1, false, null));
    add("bare", new ClientMessage.GetTicket("2", TICKET, false));
    add(
        "all",
        new ClientMessage.GetTicket("2", TicketRef.of(ID), true, new DetailsCursor(90L, 3L), 20));
    add("fresh", new ClientMessage.GetTicket("2", TICKET, false).fresh(true));
    add("prefix", new ClientMessage.GetTicket("2", TicketRef.parse("5b7c"), false));
    add("key", new ClientMessage.GetTicket("2", TicketRef.parse("key:disk/Var"), false));
    add("", new ClientMessage.Ping("3"));
  }

  private void writing() {
    add("bare", new ClientMessage.CreateTicket("4", null, GoldenSamples.BARE_DRAFT));
    add("all", new ClientMessage.CreateTicket("4", OPERATION, GoldenSamples.FULL_DRAFT));
    add("bare", update(TicketPatch.NOTHING));
    add(
        "all",
        new ClientMessage.UpdateTicket(
            "5",
            OPERATION,
            TICKET,
            TicketPatch.of(TicketField.TITLE, "Printer was on fire")
                .with(TicketField.DESCRIPTION, "Out.")
                .with(TicketField.STATUS, TicketStatus.CLOSED)
                .with(TicketField.PRIORITY, Priority.LOW)
                .with(TicketField.ASSIGNEE, BOB)
                .with(TicketField.REQUESTER, "Mme Lefèvre")
                .with(TicketField.REFERENCE, "mail:20261122.7")
                .withTags(List.of("done"), List.of("printer", "緊急")),
            91L,
            88L,
            true));
    add("clear", update(cleared()));
    add("attempts", update(TicketPatch.of(TicketField.ATTEMPTS, 0L)));
    add("wakeAt", update(TicketPatch.of(TicketField.WAKE_AT, GoldenSamples.LATER)));
    add("wake", update(TicketPatch.of(TicketField.WAKE_AT, null)));
    add("bare", raise(GoldenSamples.BARE_DRAFT, null, null, null));
    add("all", raise(GoldenSamples.FULL_DRAFT, OPERATION, "Still.", Duration.ofDays(1)));
    add("bare", new ClientMessage.CommentTicket("6", null, TICKET, "Foam did."));
    add("all", new ClientMessage.CommentTicket("6", OPERATION, TICKET, COMMENT.text()));
  }

  private static ClientMessage update(TicketPatch patch) {
    return new ClientMessage.UpdateTicket("5", null, TICKET, patch, null, null, false);
  }

  private static ClientMessage raise(
      TicketContent content, UUID operation, String text, Duration within) {
    return new ClientMessage.RaiseTicket("19", operation, "disk:/var@db-1", content, text, within);
  }

  private static TicketPatch cleared() {
    return TicketPatch.of(TicketField.DESCRIPTION, "")
        .with(TicketField.ASSIGNEE, null)
        .with(TicketField.REQUESTER, null)
        .with(TicketField.REFERENCE, null);
  }

  private void locking() {
    add("bare", lock(LockTerms.DEFAULT, null, null));
    add("renew", new ClientMessage.LockTicket("7", OPERATION, TICKET, 91L, TERMS, null, null));
    add("wait", lock(TERMS, new LockWait(Duration.ofMinutes(1)), null));
    add("forever", lock(TERMS, LockWait.FOREVER, null));
    add("steal", lock(TERMS, null, new LockBreak(91, "gone home")));
    add("stealOwn", lock(TERMS, null, new LockBreak(91, null)));
    add("whilePid", lock(TERMS, null, null).whileRuns(4_711L));
    add("", new ClientMessage.CancelWait("8", "7"));
    add("bare", new ClientMessage.ClaimTicket("9", null, null, null, LockTerms.DEFAULT, false));
    add(
        "all",
        new ClientMessage.ClaimTicket(
            "9", OPERATION, query(), TicketOrder.MOST_URGENT, TERMS, false));
    ClientMessage.ClaimTicket returns =
        new ClientMessage.ClaimTicket("9", null, null, null, LockTerms.DEFAULT, true);
    add("returns", returns);
    add("wait", returns.queued(new LockWait(Duration.ofMinutes(1))));
    add("forever", returns.queued(LockWait.FOREVER));
    add("bare", new ClientMessage.UnlockTicket("10", null, TICKET, null, null, null));
    add("token", new ClientMessage.UnlockTicket("10", OPERATION, TICKET, 91L, null, null));
    add("force", unlock(new LockBreak(91, "gone home")));
    add("forceOwn", unlock(new LockBreak(91, null)));
    add("giveBack", giveBack(GiveBack.UNTRIED));
    add("giveBackAll", giveBack(new GiveBack(true, Duration.ofMinutes(5))));
  }

  private static ClientMessage.LockTicket lock(LockTerms terms, LockWait wait, LockBreak steal) {
    return new ClientMessage.LockTicket("7", null, TICKET, null, terms, wait, steal);
  }

  private static ClientMessage unlock(LockBreak force) {
    return new ClientMessage.UnlockTicket("10", null, TICKET, null, force, null);
  }

  private static ClientMessage giveBack(GiveBack giveBack) {
    return new ClientMessage.UnlockTicket("10", null, TICKET, 91L, null, giveBack);
  }

  private void administering() {
    add(
        "bare",
        new ClientMessage.ImportTicket(
            "11", null, GoldenSamples.BARE.withRevision(0, 0), List.of()));
    add(
        "all",
        new ClientMessage.ImportTicket(
            "11", OPERATION, GoldenSamples.IMPORTED, List.of(COMMENT.withId(89))));
    add(
        "attempts",
        new ClientMessage.ImportTicket(
            "11", null, GoldenSamples.IMPORTED.withAttempts(3), List.of(COMMENT.withId(89))));
    add(
        "raised",
        new ClientMessage.ImportTicket(
            "11", null, GoldenSamples.RAISED.withRevision(0, 0), List.of()));
    add("bare", new ClientMessage.ImportComment("18", null, TICKET, COMMENT.withId(0), 0));
    add("all", new ClientMessage.ImportComment("18", OPERATION, TICKET, COMMENT.withId(89), 57));
    add(
        "all",
        new ClientMessage.RedactTicket(
            "17", OPERATION, TICKET, Redaction.ofField(TicketField.TITLE), "held a password"));
    add("bare", new ClientMessage.RedactTicket("17", null, TICKET, Redaction.ofComment(91), null));
    add("", new AdminMessage.ListSessions("12"));
    add("bare", new AdminMessage.KickSession("13", "s4", null));
    add("all", new AdminMessage.KickSession("13", "s4", "your script loops"));
    add("bare", new AdminMessage.Drain("14", null, false));
    add("after", new AdminMessage.Drain("14", Duration.ofSeconds(30), false));
    add("cancel", new AdminMessage.Drain("14", null, true));
  }
}
