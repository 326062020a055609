package org.lesbillets.model.wire;

import static org.lesbillets.model.wire.GoldenSamples.ALICE;
import static org.lesbillets.model.wire.GoldenSamples.BARE;
import static org.lesbillets.model.wire.GoldenSamples.BARE_LOCK;
import static org.lesbillets.model.wire.GoldenSamples.BOB;
import static org.lesbillets.model.wire.GoldenSamples.CLOSED;
import static org.lesbillets.model.wire.GoldenSamples.COMMENT;
import static org.lesbillets.model.wire.GoldenSamples.CREATED;
import static org.lesbillets.model.wire.GoldenSamples.FULL;
import static org.lesbillets.model.wire.GoldenSamples.FULL_LOCK;
import static org.lesbillets.model.wire.GoldenSamples.LATER;
import static org.lesbillets.model.wire.GoldenSamples.brief;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/** An example of every event, by the name of its golden file. */
final class GoldenEvents {
  private static final Ticket LOCKED = brief(FULL);
  private static final Ticket FREE = brief(FULL.withLock(null));
  private static final TicketLock RETURNING = BARE_LOCK.withKind(LockKind.RETURNING_CLAIM);
  private static final List<FieldChange> RESET =
      List.of(new FieldChange.Replaced(TicketField.ATTEMPTS, "3", "0"));

  private final Map<String, WireEvent> all = new LinkedHashMap<>();

  private GoldenEvents() {
    add("bare", new WireEvent.TicketCreated(CREATED, ALICE, BARE, false));
    add("imported", new WireEvent.TicketCreated(LATER, ALICE, CLOSED, true));
    add("nothing", new WireEvent.TicketUpdated(LATER, BOB, FULL, List.of(), false));
    add("all", new WireEvent.TicketUpdated(LATER, BOB, CLOSED, changes(), true));
    add("attempts", new WireEvent.TicketUpdated(LATER, BOB, FULL, RESET, false));
    raised();
    locked();
    unlocked();
    add("bare", new WireEvent.TicketCommented(LATER, BOB, FREE, COMMENT));
    add(
        "comment",
        new WireEvent.TicketRedacted(LATER, BOB, FREE, Redaction.ofComment(2), "a password"));
    Redaction title = Redaction.ofField(TicketField.TITLE);
    add("bare", new WireEvent.TicketRedacted(LATER, BOB, title.of(FULL), title, null));
    add("", new WireEvent.UnknownEvent("TicketMerged", null, null, brief(BARE)));
  }

  static Map<String, WireEvent> all() {
    return new GoldenEvents().all;
  }

  private void add(String variant, WireEvent event) {
    String name = event.type() + (variant.isEmpty() ? "" : "." + variant);
    if (all.put(name, event) != null) {
      throw new IllegalStateException("two goldens are called " + name);
    }
  }

  private static List<FieldChange> changes() {
    return List.of(
        new FieldChange.Replaced(TicketField.TITLE, "Printer on fire", CLOSED.content().title()),
        new FieldChange.Rewritten(),
        new FieldChange.Replaced(TicketField.STATUS, "open", "closed"),
        new FieldChange.Replaced(TicketField.PRIORITY, "normal", "low"),
        new FieldChange.Replaced(TicketField.ASSIGNEE, null, "bob"),
        new FieldChange.Replaced(TicketField.REQUESTER, "compta", "Mme Lefèvre, compta"),
        new FieldChange.Replaced(TicketField.REFERENCE, "mail:20261122.7", null),
        new FieldChange.Retagged(List.of(), List.of("printer", "緊急")));
  }

  private void raised() {
    add("raised", new WireEvent.TicketCreated(CREATED, ALICE, GoldenSamples.RAISED, false));
    add(
        "raised",
        new WireEvent.TicketUpdated(
            LATER,
            BOB,
            GoldenSamples.RAISED.withCommentCount(2),
            List.of(new FieldChange.Replaced(TicketField.RAISED, "3", "4")),
            false,
            COMMENT));
    Ticket awake = GoldenSamples.RAISED.withWakeAt(null);
    add(
        "woken",
        new WireEvent.TicketUpdated(
            LATER,
            null,
            awake,
            awake.content().changesSince(GoldenSamples.RAISED.content()),
            false));
  }

  private void locked() {
    add(
        "bare",
        new WireEvent.TicketLocked(LATER, ALICE, brief(FULL.withLock(BARE_LOCK)), false, false));
    add("renewed", new WireEvent.TicketLocked(LATER, ALICE, LOCKED, true, false));
    add("claimed", new WireEvent.TicketLocked(LATER, ALICE, LOCKED, false, true));
    add(
        "stolen",
        new WireEvent.TicketLocked(LATER, ALICE, LOCKED, false, false, BOB, "on leave", false));
    add(
        "claimedReturning",
        new WireEvent.TicketLocked(LATER, ALICE, brief(FULL.withLock(RETURNING)), false, true));
    add(
        "stolenReturned",
        new WireEvent.TicketLocked(LATER, ALICE, LOCKED, false, false, BOB, "on leave", true));
    add(
        "stolenOwn",
        new WireEvent.TicketLocked(LATER, ALICE, LOCKED, false, false, ALICE, null, false));
  }

  private void unlocked() {
    add(
        "returned",
        new WireEvent.TicketUnlocked(
            LATER, ALICE, FREE.withAttempts(1), UnlockReason.RELEASED, null, RETURNING, true));
    add(
        "released",
        new WireEvent.TicketUnlocked(LATER, ALICE, FREE, UnlockReason.RELEASED, null, FULL_LOCK));
    add(
        "expired",
        new WireEvent.TicketUnlocked(
            LATER,
            null,
            FREE,
            UnlockReason.EXPIRED,
            null,
            BARE_LOCK.withRemaining(Duration.ZERO, 0)));
    add(
        "forced",
        new WireEvent.TicketUnlocked(
            LATER, BOB, FREE, UnlockReason.FORCED, "gone home", FULL_LOCK));
  }
}
