package org.lesbillets.cli.tui.update;

import static org.lesbillets.model.TicketMaker.NOW;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * A live view of alice's that is played without a screen: a test presses her keys, lets time go by
 * and others act, and answers for desk, disk and editor. Nothing is answered by itself but the
 * disk, which is fast unless a test says otherwise.
 */
final class Play {
  static final AgentName ALICE = new AgentName("alice");
  static final AgentName BOB = new AgentName("bob");
  static final ServerAddress SERVER = ServerAddress.parseAll("desk.example.org").get(0);
  private static final String JOURNAL = "journal-1";

  UiModel model;
  final TinyDesk desk;

  /** Every effect there was, in order. */
  final List<Effect> effects = new ArrayList<>();

  /** What waits for an answer of the desk. */
  final List<Effect> asked = new ArrayList<>();

  /** What waits for the disk, while it is slow. */
  final List<Effect> onDisk = new ArrayList<>();

  /** What is written to now, by the name of its key, and what lies there from before. */
  final Map<String, Effect.SaveDraft> drafts = new HashMap<>();

  final Map<String, Deque<Effect.SaveDraft>> earlier = new HashMap<>();

  private final Map<String, Effect.SaveDraft> found = new HashMap<>();
  boolean diskIsSlow;
  Now now = new Now(1_000_000_000_000L, NOW);

  Play(UiSettings settings, Ticket... tickets) {
    model = UiModel.of(settings, now);
    desk = new TinyDesk(NOW, tickets);
  }

  static Filter view(String name, String query, String order) {
    try {
      return new Filter(TicketQuery.parse(query), TicketOrder.parse(order), name);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static UiSettings settings(Filter start) {
    return settings(KeyMap.USUAL, start);
  }

  static UiSettings settings(KeyMap keys, Filter start) {
    List<Filter> views =
        List.of(
            view("mine", "assignee:me status:open", "-priority"),
            view("unassigned", "assignee:none status:open", "number"),
            view("urgent", "priority:urgent", "-updated"));
    Map<String, List<String>> verbs =
        Map.of(
            "list", List.of("--limit", "--sort", "QUERY"),
            "lock", List.of("--note", "--ttl", "--wait", "REF"),
            "show", List.of("REF"),
            "edit", List.of("--recover", "REF"),
            "watch", List.of(),
            "comment", List.of("REF"));
    return new UiSettings(keys, views, start, true, verbs, "helpdesk", ZoneOffset.UTC);
  }

  /** A view that is live and shows these tickets by their number. */
  static Play live(Ticket... tickets) {
    return new Play(settings(view(null, "", "number")), tickets).connect();
  }

  // What reaches the view.

  Play take(UiEvent event) {
    Update update = UiUpdate.update(model, event, now);
    model = update.model();
    List<Effect> more = update.effects();
    effects.addAll(more);
    more.forEach(this::file);
    if (!diskIsSlow) {
      disk();
    }
    return this;
  }

  private void file(Effect effect) {
    if (effect instanceof Effect.SaveDraft
        || effect instanceof Effect.DropDraft
        || effect instanceof Effect.FindDraft
        || effect instanceof Effect.TakeDraft) {
      onDisk.add(effect);
    } else if (!(effect instanceof Effect.LoopCommand || effect instanceof Effect.Reconnect)) {
      asked.add(effect);
    }
  }

  Play news(WatchEvent news) {
    return take(news);
  }

  Play state(ConnectionState state) {
    return news(new WatchEvent.ConnectionChanged(state));
  }

  Play welcome(AgentName agent) {
    return news(
        new WatchEvent.Welcomed(
            SERVER, new Welcome(1, "test", JOURNAL, desk.revision(), agent, Role.AGENT, false)));
  }

  Play connect() {
    return state(new ConnectionState.Connecting(1)).welcome(ALICE).snapshot(false).liven();
  }

  Play liven() {
    return state(new ConnectionState.Live(SERVER)).tick();
  }

  /** The connection comes back, and what was missed comes over it. */
  Play back() {
    return state(new ConnectionState.Connecting(1)).welcome(ALICE).liven();
  }

  Play lose(String cause) {
    return state(new ConnectionState.Reconnecting(1, Duration.ofSeconds(2), cause));
  }

  /** All tickets as the desk has them, in one part. */
  Play snapshot(boolean reset) {
    return part(desk.tickets(), desk.book.size(), reset, true, true);
  }

  Play part(List<Ticket> tickets, int total, boolean reset, boolean first, boolean last) {
    ResumePoint at = new ResumePoint(JOURNAL, desk.revision());
    return news(
        new WatchEvent.SnapshotLoaded(new SnapshotPart(tickets, at, total, reset, first, last)));
  }

  Play happened(SequencedEvent event) {
    return news(new WatchEvent.Happened(EventMessage.pushed(event)));
  }

  /** Somebody does something, and the view is told. */
  Play by(AgentName agent, Change change) {
    return happened(decide(agent, change));
  }

  /** Somebody does something, and the view is not told. */
  SequencedEvent decide(AgentName agent, Change change) {
    try {
      return desk.decide(agent, change);
    } catch (TinyDesk.Refusal e) {
      throw new AssertionError(change + " is refused: " + e.getMessage(), e);
    }
  }

  Play bobUpdates(long number, TicketPatch patch) {
    return by(BOB, new UpdateTicket(null, null, TicketRef.of(number), patch, null, null, false));
  }

  Play bobLocks(long number) {
    LockTerms terms = new LockTerms(null, null, "cli");
    return by(BOB, new LockTicket(null, null, TicketRef.of(number), null, terms, null, null));
  }

  Play bobSteals(long number, String reason) {
    LockBreak steal = new LockBreak(desk.ticket(number).lock().token(), reason);
    LockTerms terms = new LockTerms(null, null, "cli");
    return by(BOB, new LockTicket(null, null, TicketRef.of(number), null, terms, null, steal));
  }

  Play bobUnlocks(long number) {
    return by(
        BOB, new ClientMessage.UnlockTicket(null, null, TicketRef.of(number), null, null, null));
  }

  /** Presses keys, spelt as in the configuration, with blanks between them. */
  Play press(String keys) {
    Arrays.stream(keys.split(" "))
        .map(spelling -> Key.spelt(spelling).orElseThrow())
        .forEach(this::press);
    return this;
  }

  Play press(Key key) {
    return take(new UiEvent.Pressed(key));
  }

  Play type(String text) {
    text.codePoints().forEach(c -> press(Key.character(c)));
    return this;
  }

  Play paste(String text) {
    return take(new UiEvent.Pasted(text, false));
  }

  Play resize(int columns, int rows) {
    return take(new UiEvent.Resized(columns, rows));
  }

  /** Time goes by; the server is heard of all the while. */
  Play after(Duration time) {
    now = now.plus(time);
    desk.now = now.wall();
    return tick();
  }

  Play seconds(int seconds) {
    return after(Duration.ofSeconds(seconds));
  }

  Play tick() {
    return take(new UiEvent.Tick(now.nanos()));
  }

  /** Time goes by in silence. */
  Play silence(Duration time) {
    long heard = now.nanos();
    now = now.plus(time);
    return take(new UiEvent.Tick(heard));
  }

  // What answers.

  /** Answers everything that was asked, as a desk would, and what is asked then. */
  Play answer() {
    while (!asked.isEmpty()) {
      answer(asked.remove(0));
    }
    return this;
  }

  /** Takes the first effect of a kind out of what waits. */
  <E extends Effect> E next(Class<E> kind) {
    E effect =
        asked.stream()
            .filter(kind::isInstance)
            .map(kind::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + asked));
    asked.remove(effect);
    return effect;
  }

  /** Answers the first effect of a kind. */
  Play answer(Class<? extends Effect> kind) {
    answer(next(kind));
    return this;
  }

  Play refuse(Class<? extends Effect> kind, RejectionCode code, String sentence) {
    return refuse(next(kind), code, sentence);
  }

  Play refuse(Effect effect, RejectionCode code, String sentence) {
    return take(new EffectResult.Refused(id(effect), code, sentence));
  }

  static long id(Effect effect) {
    if (effect instanceof Effect.Change change) {
      return change.id();
    }
    if (effect instanceof Effect.Hold hold) {
      return hold.id();
    }
    if (effect instanceof Effect.Finish finish) {
      return finish.id();
    }
    if (effect instanceof Effect.Fetch fetch) {
      return fetch.id();
    }
    if (effect instanceof Effect.WaitForLock stand) {
      return stand.id();
    }
    if (effect instanceof Effect.FilterTickets sift) {
      return sift.id();
    }
    if (effect instanceof Effect.Count count) {
      return count.id();
    }
    if (effect instanceof Effect.Edit edit) {
      return edit.id();
    }
    return effect instanceof Effect.RunVerb verb ? verb.id() : 0;
  }

  private void answer(Effect effect) {
    if (effect instanceof Effect.Change change) {
      change(change.id(), change.change());
    } else if (effect instanceof Effect.Finish finish) {
      change(finish.id(), finish.change());
    } else if (effect instanceof Effect.Hold hold) {
      hold(hold);
    } else if (effect instanceof Effect.Release release) {
      release(release.token());
    } else if (effect instanceof Effect.Fetch fetch) {
      take(new EffectResult.Details(fetch.id(), details(fetch)));
    } else if (effect instanceof Effect.FilterTickets sift) {
      List<Ticket> sorted =
          TicketFilterer.filter(sift.tickets(), sift.filter(), sift.me(), sift.now());
      take(new EffectResult.TicketsFiltered(sift.id(), sorted));
    } else if (effect instanceof Effect.Count count) {
      List<Integer> counts = count.count().of(count.tickets(), count.me(), count.now());
      take(new EffectResult.Counted(count.id(), counts));
    } else if (effect instanceof Effect.WaitForLock stand) {
      stand(stand);
    } else if (effect instanceof Effect.RunVerb verb) {
      take(new EffectResult.VerbEnded(verb.id(), 0, List.of("ran " + verb.words())));
    } else if (effect instanceof Effect.Edit edit) {
      take(new EffectResult.Edited(edit.id(), edit.text(), null));
    }
  }

  private void change(long id, Change change) {
    try {
      SequencedEvent event = desk.decide(ALICE, change);
      happened(event).take(new EffectResult.Done(id, EventMessage.answer(event, "1")));
    } catch (TinyDesk.Refusal e) {
      take(new EffectResult.Refused(id, e.code, e.getMessage()));
    }
  }

  private void hold(Effect.Hold hold) {
    try {
      SequencedEvent event =
          desk.decide(
              ALICE,
              new LockTicket(
                  null, null, hold.ticket(), null, AsyncTicketService.leased(null), null, null));
      happened(event).take(new EffectResult.Held(hold.id(), EventMessage.answer(event, "1")));
    } catch (TinyDesk.Refusal e) {
      take(new EffectResult.Refused(hold.id(), e.code, e.getMessage()));
    }
  }

  private void release(long token) {
    Optional<Ticket> held =
        desk.book.stream().filter(t -> t.isLocked() && t.lock().token() == token).findFirst();
    held.ifPresent(
        ticket ->
            by(
                ALICE,
                new ClientMessage.UnlockTicket(
                    null, null, TicketRef.of(ticket.number()), token, null, null)));
  }

  private void stand(Effect.WaitForLock stand) {
    LockTicket lock = stand.lock();
    try {
      SequencedEvent event =
          desk.decide(
              ALICE, new LockTicket(null, null, lock.ticket(), null, lock.terms(), null, null));
      happened(event);
      lockGranted(stand.id(), event);
    } catch (TinyDesk.Refusal e) {
      asked.add(stand);
      throw new AssertionError("it is not her turn: " + e.getMessage(), e);
    }
  }

  Play lockWait(long id, EffectResult.LockWaitChanged.Phase phase) {
    return take(new EffectResult.LockWaitChanged(id, phase));
  }

  Play lockGranted(long id, SequencedEvent granted) {
    EventMessage event = granted == null ? null : EventMessage.answer(granted, "1");
    return take(new EffectResult.LockWaitGranted(id, event));
  }

  Play lockRefused(long id, String sentence) {
    return take(new EffectResult.LockWaitRefused(id, sentence));
  }

  private TicketDetails details(Effect.Fetch fetch) {
    Ticket ticket = desk.book.find(fetch.ticket()).orElseThrow();
    return new TicketDetails("1", ticket, List.of(), List.of(), false);
  }

  /** Loses a lock that the view keeps. */
  Play lost(long number, long token, String sentence) {
    LockLostReason why =
        new LockLostReason(LockLostReason.Kind.TAKEN, BOB, null, now.wall(), sentence);
    return take(new EffectResult.Lost(number, token, why));
  }

  /** Comes back from the editor with this text. */
  Play edited(String text) {
    return take(new EffectResult.Edited(next(Effect.Edit.class).id(), text, null));
  }

  /** Does what was asked of the disk. */
  Play disk() {
    while (!onDisk.isEmpty()) {
      disk(onDisk.remove(0));
    }
    return this;
  }

  private void disk(Effect effect) {
    if (effect instanceof Effect.SaveDraft keep) {
      drafts.put(name(keep.key()), keep);
      take(new EffectResult.DraftSaved(keep.key(), "/drafts/" + name(keep.key()), null));
    } else if (effect instanceof Effect.DropDraft drop) {
      drafts.remove(name(drop.key()));
    } else if (effect instanceof Effect.FindDraft find) {
      find(find.key());
    } else if (effect instanceof Effect.TakeDraft take) {
      Effect.SaveDraft taken = found.remove(name(take.key()));
      if (taken != null) {
        earlier.get(name(take.key())).remove(taken);
        drafts.put(name(take.key()), taken);
      }
    }
  }

  private void find(DraftKey key) {
    String name = name(key);
    Deque<Effect.SaveDraft> before = earlier.computeIfAbsent(name, none -> new ArrayDeque<>());
    Effect.SaveDraft kept = drafts.remove(name);
    if (kept != null) {
      before.push(kept);
    }
    found.remove(name);
    if (!before.isEmpty()) {
      Effect.SaveDraft newest = before.peek();
      found.put(name, newest);
      take(new EffectResult.DraftFound(newest.key(), newest.fields(), newest.text(), "yesterday"));
    } else {
      take(new EffectResult.DraftMissing(key));
    }
  }

  static String name(DraftKey key) {
    if (key instanceof DraftKey.OfEdit edit) {
      return "edit " + edit.base().number();
    }
    return key instanceof DraftKey.OfComment comment ? "comment " + comment.number() : "new";
  }

  // What one sees.

  String status() {
    return model.status().text();
  }

  long selected() {
    return model.list().selected().map(row -> row.shown().number()).orElse(0L);
  }

  /** The tickets in the window, the topmost first. */
  List<Long> listed() {
    return model.list().visible().stream().map(row -> row.shown().number()).toList();
  }

  TicketForm form() {
    return (TicketForm) model.input();
  }

  String field(TicketField<?> field) {
    return form().value(field).text();
  }

  /** The last effect of a kind. */
  <E extends Effect> E last(Class<E> kind) {
    List<E> all = all(kind);
    if (all.isEmpty()) {
      throw new AssertionError("there was no " + kind.getSimpleName());
    }
    return all.get(all.size() - 1);
  }

  <E extends Effect> List<E> all(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Effect> all(Effect.LoopCommand command) {
    return effects.stream().filter(command::equals).toList();
  }

  /** The last change that was asked for, of the list, a form or a comment. */
  Change lastChange() {
    List<Change> changes = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Change change) {
        changes.add(change.change());
      } else if (effect instanceof Effect.Finish finish) {
        changes.add(finish.change());
      }
    }
    return changes.get(changes.size() - 1);
  }

  /** Forgets the effects so far, so that a test speaks of what follows. */
  Play forget() {
    effects.clear();
    return this;
  }

  int bells() {
    return all(Effect.LoopCommand.BELL).size();
  }
}
