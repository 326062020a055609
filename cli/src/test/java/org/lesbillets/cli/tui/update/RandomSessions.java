package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Random sessions of one agent: keys and rubbish, pastes, sizes, time, changes by others, lost
 * connections, and answers of server, disk and editor, late, out of order, or refused.
 * Single-threaded; all randomness is from one generator, so that a seed replays a session.
 */
final class RandomSessions {
  /** What {@link #last} says of a second or more. */
  static final String A_WHILE = "a while";

  private static final AgentName CAROL = new AgentName("carol");
  private static final List<AgentName> OTHERS = List.of(BOB, CAROL, ALICE);

  private static final int[] CHARACTERS = "aby ?:/q1.lnhu\"🔥é\u0301".codePoints().toArray();
  private static final Set<Action> DOING =
      EnumSet.of(
          Action.OPEN,
          Action.BACK,
          Action.CANCEL,
          Action.ACCEPT,
          Action.SEND,
          Action.SAVE,
          Action.NEW,
          Action.EDIT,
          Action.COMMENT,
          Action.DESCRIBE,
          Action.TAKE,
          Action.ASSIGN,
          Action.PRIORITY,
          Action.STATUS,
          Action.TAGS,
          Action.LOCK,
          Action.UNLOCK,
          Action.STEAL,
          Action.WAIT,
          Action.CLAIM,
          Action.FILTER,
          Action.CLEAR,
          Action.EDITOR,
          Action.DISCARD,
          Action.PUSH,
          Action.EARLIER);

  final Play play;
  private final Random random;
  private final RandomTickets tickets;
  private final List<Key> keys = new ArrayList<>();

  /** What happened and was not told yet. */
  private final Deque<SequencedEvent> untold = new ArrayDeque<>();

  /** Tickets of a snapshot that were not told yet; null when none is under way. */
  private List<Ticket> parts;

  private int told;
  private boolean away;

  /** The leases the view keeps: for each token the ticket. */
  private final Map<Long, Long> leases = new HashMap<>();

  /** Where one stands in line: for each effect the lock that is wished for. */
  private final Map<Long, LockTicket> lines = new HashMap<>();

  /** What happened last, for a message. */
  private String last = "";

  RandomSessions(Random random, UiSettings settings, int size) {
    this.random = random;
    this.tickets = new RandomTickets(random);
    Ticket[] all = tickets.tickets(size).toArray(Ticket[]::new);
    this.play = new Play(settings, all);
    for (Action action : Action.values()) {
      keys.addAll(KeyMap.USUAL.keys(action));
    }
    for (Key.Name name : Key.Name.values()) {
      if (name != Key.Name.CHARACTER) {
        keys.add(Key.named(name).withAlt().withShift());
      }
    }
    play.connect();
  }

  String last() {
    return last;
  }

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  /** Something happens; gives whether it is of those that may change what is typed. */
  boolean step() {
    boolean lent = play.asked.stream().anyMatch(Effect.Edit.class::isInstance);
    int kind = random.nextInt(100);
    if (kind < 42) {
      if (lent) {
        // The terminal is the editor's.
        return edited();
      }
      return pressed();
    }
    if (kind < 48 && !lent) {
      last = "paste";
      play.paste(once(4) ? tickets.description() : tickets.line());
      return true;
    }
    if (kind < 52) {
      last = "resize";
      play.resize(1 + random.nextInt(once(4) ? 220 : 90), 1 + random.nextInt(once(4) ? 60 : 30));
    } else if (kind < 60) {
      int millis = random.nextInt(once(9) ? 200_000 : 1_500);
      last = millis >= 1_000 ? A_WHILE : "time";
      play.after(Duration.ofMillis(millis));
    } else if (kind < 70) {
      happen();
    } else if (kind < 77) {
      tell();
    } else if (kind < 80) {
      connection();
    } else if (kind < 84) {
      last = "disk";
      play.diskIsSlow = random.nextBoolean();
      play.disk();
    } else {
      answer();
    }
    lose();
    return false;
  }

  private boolean pressed() {
    KeyContext place = play.model.keyContext();
    Key key;
    if (once(4)) {
      key = Key.character(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    } else if (once(6)) {
      key = keys.get(random.nextInt(keys.size()));
    } else {
      List<Action> here = new ArrayList<>(KeyMap.USUAL.actions(place));
      if (once(2)) {
        // What does something comes often, so that something is done.
        here.retainAll(DOING);
      }
      List<Key> bound = KeyMap.USUAL.keys(here.get(random.nextInt(here.size())));
      key = bound.get(random.nextInt(bound.size()));
    }
    last = "key " + key + " in " + place;
    play.press(key);
    return true;
  }

  private boolean edited() {
    Effect.Edit edit = play.next(Effect.Edit.class);
    last = "edited";
    String text = once(3) ? edit.text() : once(5) ? "" : tickets.description();
    boolean failed = once(5);
    play.take(
        new EffectResult.Edited(
            edit.id(), failed ? null : text, failed ? "the editor failed" : null));
    return true;
  }

  // Others.

  private Ticket any() {
    List<Ticket> all = play.desk.tickets();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private void happen() {
    Ticket ticket = any();
    last = "others";
    if (ticket == null || once(12)) {
      decide(BOB, new CreateTicket(null, null, tickets.draft()));
      return;
    }
    TicketRef ref = TicketRef.of(ticket.number());
    AgentName by = OTHERS.get(random.nextInt(OTHERS.size()));
    LockTerms terms = new LockTerms(null, once(2) ? tickets.line() : null, "cli");
    LockBreak lock = ticket.isLocked() ? new LockBreak(ticket.lock().token(), "because") : null;
    switch (random.nextInt(9)) {
      case 0 -> decide(by, new LockTicket(null, null, ref, null, terms, null, null));
      case 1 -> decide(by, new LockTicket(null, null, ref, null, terms, null, lock));
      case 2 -> decide(by, new UnlockTicket(null, null, ref, null, null, null));
      case 3 -> decide(by, new UnlockTicket(null, null, ref, null, lock, null));
      case 4 -> play.desk.expire(ticket.number()).ifPresent(untold::add);
      case 5 -> decide(by, new CommentTicket(null, null, ref, tickets.commentText()));
      case 6 -> {
        TicketPatch patch = TicketPatch.of(TicketField.ASSIGNEE, once(2) ? ALICE : null);
        decide(by, new UpdateTicket(null, null, ref, patch, null, null, false));
      }
      default ->
          decide(by, new UpdateTicket(null, null, ref, tickets.patch(), null, null, once(3)));
    }
    if (once(2)) {
      tell();
    }
  }

  private SequencedEvent decide(AgentName by, Change change) {
    try {
      SequencedEvent event = play.desk.decide(by, change);
      untold.add(event);
      return event;
    } catch (TinyDesk.Refusal e) {
      return null;
    }
  }

  /** The next news, in their order. */
  private void tell() {
    last = "news";
    if (parts != null) {
      int end = Math.min(parts.size(), told + 1 + random.nextInt(20));
      List<Ticket> part = parts.subList(told, end);
      boolean whole = end == parts.size();
      play.part(List.copyOf(part), parts.size(), true, told == 0, whole);
      told = end;
      if (whole) {
        parts = null;
        play.liven();
      }
    } else if (!away) {
      for (int n = 1 + random.nextInt(4); n > 0 && !untold.isEmpty(); n--) {
        play.happened(untold.poll());
      }
    }
  }

  private void connection() {
    last = "connection";
    if (!away && !once(4)) {
      return;
    }
    if (!away) {
      away = true;
      parts = null;
      if (once(6)) {
        play.news(new WatchEvent.GivenUp("the token is not known"));
      } else {
        play.lose("the server went away");
      }
      return;
    }
    play.state(new ConnectionState.Connecting(1 + random.nextInt(9)));
    if (once(3)) {
      play.lose("nobody is there");
      return;
    }
    away = false;
    play.welcome(ALICE);
    if (once(2)) {
      // What was missed is in the snapshot.
      untold.clear();
      parts = play.desk.tickets();
      told = 0;
      tell();
    } else {
      play.liven();
    }
  }

  /** Locks the view keeps that are others' by now, or nobody's. */
  private void lose() {
    for (Map.Entry<Long, Long> lease : new HashMap<>(leases).entrySet()) {
      Ticket ticket = play.desk.ticket(lease.getValue());
      if (!ticket.isLocked() || ticket.lock().token() != lease.getKey()) {
        leases.remove(lease.getKey());
        LockLostReason why =
            new LockLostReason(
                LockLostReason.Kind.TAKEN, BOB, null, play.now.wall(), tickets.line());
        play.take(new EffectResult.Lost(lease.getValue(), lease.getKey(), why));
      }
    }
  }

  // Answers.

  private void answer() {
    last = "answer";
    List<Effect> waiting =
        play.asked.stream().filter(effect -> !(effect instanceof Effect.Edit)).toList();
    if (waiting.isEmpty()) {
      return;
    }
    // The desk is asked in order; what lists and verbs come to has an order of its own.
    Effect effect = once(3) ? waiting.get(random.nextInt(waiting.size())) : waiting.get(0);
    boolean first =
        waiting.stream()
            .filter(RandomSessions::isChange)
            .findFirst()
            .filter(effect::equals)
            .isPresent();
    if (!isChange(effect) || first) {
      play.asked.remove(effect);
      answer(effect);
    }
  }

  private static boolean isChange(Effect effect) {
    return effect instanceof Effect.Change
        || effect instanceof Effect.Hold
        || effect instanceof Effect.Finish
        || effect instanceof Effect.Release;
  }

  private void answer(Effect effect) {
    last = "answer to " + effect.getClass().getSimpleName();
    if (effect instanceof Effect.Release release) {
      Long number = leases.remove(release.token());
      if (number != null) {
        decide(
            ALICE, new UnlockTicket(null, null, TicketRef.of(number), release.token(), null, null));
      }
    } else if (effect instanceof Effect.CancelLockWait leave) {
      lines.remove(leave.id());
    } else if (effect instanceof Effect.WaitForLock stand) {
      lines.put(stand.id(), stand.lock());
      turn(stand.id());
    } else if (effect instanceof Effect.FilterTickets sift) {
      play.take(
          new EffectResult.TicketsFiltered(
              sift.id(),
              TicketFilterer.filter(sift.tickets(), sift.filter(), sift.me(), sift.now())));
    } else if (effect instanceof Effect.Count count) {
      play.take(
          new EffectResult.Counted(
              count.id(), count.count().of(count.tickets(), count.me(), count.now())));
    } else if (effect instanceof Effect.RunVerb verb) {
      List<String> printed = once(2) ? List.of() : List.of(tickets.line(), tickets.line());
      play.take(new EffectResult.VerbEnded(verb.id(), random.nextInt(3), printed));
    } else if (away || once(6)) {
      refuse(effect);
    } else {
      grant(effect);
    }
  }

  private void refuse(Effect effect) {
    RejectionCode[] codes = RejectionCode.values();
    RejectionCode code = once(3) ? null : codes[random.nextInt(codes.length)];
    play.refuse(effect, code, once(9) ? "" : tickets.line());
  }

  private void grant(Effect effect) {
    if (effect instanceof Effect.Fetch fetch) {
      Ticket ticket = play.desk.book.find(fetch.ticket()).orElseThrow();
      play.take(
          new EffectResult.Details(
              fetch.id(), new TicketDetails("1", ticket, List.of(), List.of(), once(2))));
      return;
    }
    long id = Play.id(effect);
    try {
      SequencedEvent event = play.desk.decide(ALICE, change(effect));
      untold.add(event);
      if (once(2)) {
        // The answer often comes behind the news, but not always.
        while (parts == null && !untold.isEmpty()) {
          play.happened(untold.poll());
        }
      }
      EventMessage answer = EventMessage.answer(event, "1");
      if (effect instanceof Effect.Hold) {
        long token = event.event().ticket().lock().token();
        leases.put(token, event.event().ticket().number());
        play.take(new EffectResult.Held(id, answer));
      } else {
        if (effect instanceof Effect.Finish finish) {
          leases.remove(finish.token());
        }
        play.take(new EffectResult.Done(id, answer));
      }
    } catch (TinyDesk.Refusal e) {
      play.take(new EffectResult.Refused(id, e.code, e.getMessage()));
    }
  }

  private static Change change(Effect effect) {
    if (effect instanceof Effect.Change change) {
      return change.change();
    }
    if (effect instanceof Effect.Finish finish) {
      return finish.change();
    }
    TicketRef ticket = ((Effect.Hold) effect).ticket();
    return new LockTicket(
        null, null, ticket, null, AsyncTicketService.leased("editing"), null, null);
  }

  private void turn(long id) {
    EffectResult.LockWaitChanged.Phase phase =
        once(2)
            ? EffectResult.LockWaitChanged.Phase.WAITING
            : once(2) ? EffectResult.LockWaitChanged.Phase.AWAY : null;
    if (phase != null) {
      play.lockWait(id, phase);
    }
    LockTicket lock = lines.remove(id);
    if (once(4)) {
      play.lockRefused(id, tickets.line());
      return;
    }
    SequencedEvent event =
        decide(ALICE, new LockTicket(null, null, lock.ticket(), null, lock.terms(), null, null));
    if (event == null) {
      play.lockRefused(id, "it is locked");
    } else {
      play.lockGranted(id, event);
    }
  }

  /** Everything comes to its end. */
  void settle() {
    if (away) {
      away = false;
      play.back();
    }
    while (parts != null || !untold.isEmpty()) {
      tell();
    }
    play.diskIsSlow = false;
    play.disk();
    for (int n = 0; !play.asked.isEmpty(); n++) {
      assertTrue(n < 10_000, "there is always something to answer: " + play.asked);
      Effect effect = play.asked.remove(0);
      if (effect instanceof Effect.Edit edit) {
        play.take(new EffectResult.Edited(edit.id(), edit.text(), null));
      } else {
        answer(effect);
      }
      lose();
    }
    while (!untold.isEmpty()) {
      tell();
    }
    lose();
    assertEquals(Map.of(), play.model.pending().effects());
    assertEquals(Map.of(), play.model.pending().lockWaits());
    if (!(play.model.input() instanceof TicketForm)
        && !(play.model.input() instanceof CommentBox)) {
      assertEquals(Map.of(), leases, "a lock is kept that nobody needs");
    }
  }

  Map<Long, Long> leases() {
    return leases;
  }
}
