package org.lesbillets.cli.tui;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.update.UiUpdate;
import org.lesbillets.cli.tui.update.Update;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * A live view without a program around it: a test presses keys, lets time go by and things happen,
 * and looks at the screen. The agent is alice.
 */
public final class Scene {
  private static final String JOURNAL = "journal-1";
  private static final long START_NANOS = 1_000_000_000_000L;

  private UiModel model;
  private final List<Effect> effects = new ArrayList<>();
  private Now now = new Now(START_NANOS, TicketMaker.NOW);
  private long revision = 1_200;
  private EventMessage last;

  public Scene(int columns, int rows) {
    model = UiModel.of(settings(), now);
    take(new UiEvent.Resized(columns, rows));
  }

  /** A scene whose desk is there, live, with these tickets. */
  public static Scene of(int columns, int rows, List<Ticket> tickets) {
    Scene scene = new Scene(columns, rows).connected(false).told(tickets, tickets.size(), true);
    return scene.tick();
  }

  private static UiSettings settings() {
    List<Filter> views =
        List.of(
            view("mine", "assignee:me status:open"),
            view("unassigned", "assignee:none status:open"),
            view("urgent", "priority:urgent status:open"),
            view("stale locks", "held:>30m"));
    Filter all = new Filter(TicketQuery.ALL, TicketOrder.MOST_URGENT, null);
    return new UiSettings(KeyMap.USUAL, views, all, true, Map.of(), "helpdesk", ZoneOffset.UTC);
  }

  private static Filter view(String name, String query) {
    try {
      return new Filter(TicketQuery.parse(query), TicketOrder.MOST_URGENT, name);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Takes an event as the program would. */
  public Scene take(UiEvent event) {
    Update update = UiUpdate.update(model, event, now);
    model = update.model();
    effects.addAll(update.effects());
    return this;
  }

  public Scene news(WatchEvent news) {
    return take(news);
  }

  public Scene connected(boolean ephemeral) {
    ServerAddress server = ServerAddress.parseAll("desk.example.org").get(0);
    news(new WatchEvent.ConnectionChanged(new ConnectionState.Connecting(1)));
    news(new WatchEvent.ConnectionChanged(new ConnectionState.Live(server)));
    AgentName alice = new AgentName("alice");
    return news(
        new WatchEvent.Welcomed(
            server,
            new Welcome(1, "les-billets 1", JOURNAL, revision, alice, Role.AGENT, ephemeral)));
  }

  /** A snapshot, or the first part of one. */
  public Scene told(List<Ticket> tickets, int total, boolean whole) {
    ResumePoint at = new ResumePoint(JOURNAL, revision);
    return news(
        new WatchEvent.SnapshotLoaded(new SnapshotPart(tickets, at, total, false, true, whole)));
  }

  public Scene happened(WireEvent event) {
    revision++;
    SequencedEvent sequenced = new SequencedEvent(revision, revision - 1, event.sealed(revision));
    last = EventMessage.pushed(sequenced);
    return news(new WatchEvent.Happened(last));
  }

  /** The event that happened last. */
  public EventMessage lastEvent() {
    return last;
  }

  /** The connection is lost. */
  public Scene lost(int attempt, Duration nextTry) {
    String cause = "The server at desk.example.org is restarting.";
    return news(
        new WatchEvent.ConnectionChanged(
            new ConnectionState.Reconnecting(attempt, nextTry, cause)));
  }

  /** The lock of the form that is open is lost. */
  public Scene robbed(long number, long token, String sentence) {
    LockLostReason why =
        new LockLostReason(
            LockLostReason.Kind.TAKEN, new AgentName("bob"), null, now.wall(), sentence);
    return take(new EffectResult.Lost(number, token, why));
  }

  /** Presses keys, spelt as in the configuration. */
  public Scene press(String... keys) {
    for (String key : keys) {
      take(new UiEvent.Pressed(Key.spelt(key).orElseThrow()));
    }
    return this;
  }

  public Scene type(String text) {
    text.codePoints().forEach(c -> take(new UiEvent.Pressed(Key.character(c))));
    return this;
  }

  /** Time goes by; the server is heard of all the while if it is there. */
  public Scene after(Duration time) {
    now = now.plus(time);
    return tick();
  }

  /** Time goes by in silence. */
  public Scene silent(Duration time) {
    long heard = now.nanos();
    now = now.plus(time);
    return take(new UiEvent.Tick(heard));
  }

  public Scene tick() {
    return take(new UiEvent.Tick(now.nanos()));
  }

  public UiModel model() {
    return model;
  }

  public Now now() {
    return now;
  }

  /** The last effect of a kind. */
  public <E extends Effect> E last(Class<E> kind) {
    List<E> all = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    return all.get(all.size() - 1);
  }

  /** Draws the view as it is. */
  public GridCanvas draw() {
    return draw(Glyphs.UNICODE);
  }

  public GridCanvas draw(Glyphs glyphs) {
    GridCanvas canvas = new GridCanvas(model.layout().columns(), model.layout().rows());
    new ScreenRenderer(glyphs).draw(model, canvas);
    return canvas;
  }
}
