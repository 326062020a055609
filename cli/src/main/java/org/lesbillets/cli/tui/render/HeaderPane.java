package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LiveTickets;

/**
 * The header: context, agent and server, the state of the connection, and the counts of tickets.
 * Stateless.
 */
final class HeaderPane {
  private static final String NAME = "Les Billets";

  private HeaderPane() {}

  static void draw(UiModel model, Area area) {
    LiveTickets tickets = model.tickets();
    Style bar = Styles.BAR;
    Style yours = bar.withBold();
    FlexLine line =
        new FlexLine(area)
            .left(NAME, bar.withBold(), 1)
            .left(model.settings().context(), bar.withBold(), 4)
            .flexible(whoAndWhere(model), bar, 5, 3)
            .left(state(model, area.glyphs()), stateStyle(model), FlexLine.KEPT);
    if (model.listing().frozen()) {
      line.left(frozen(model.listing().missed()), bar.withTone(Tone.CAUTION).withBold(), 9);
    }
    if (model.connection().drained()) {
      line.left("server drained", bar.withTone(Tone.CAUTION).withBold(), 9);
    }
    if (model.isEphemeral()) {
      line.left("ephemeral", bar.withTone(Tone.CAUTION), 6);
    }
    if (tickets.isComplete()) {
      line.right(tickets.assignedTo(model.me()) + " yours · " + tickets.free() + " free", yours, 8)
          .right(tickets.open() + " open", bar, 7)
          .right(tickets.locked() + " locked", bar, 6)
          .right(tickets.closed() + " closed", bar, 2);
    }
    line.draw(bar);
  }

  private static String whoAndWhere(UiModel model) {
    ServerAddress server = model.connection().address();
    String who = model.me() == null ? "" : model.me().value();
    String where = server == null ? "" : host(server);
    return who.isEmpty() || where.isEmpty() ? who + where : who + "@" + where;
  }

  /** The host, with the port unless it is the default; or the socket. */
  static String host(ServerAddress server) {
    if (server.socket() != null) {
      return server.toString();
    }
    int port = server.uri().getPort();
    return server.uri().getHost() + (port == ServerAddress.DEFAULT_PORT ? "" : ":" + port);
  }

  private static String frozen(int missed) {
    return missed == 0 ? "FROZEN" : "FROZEN (" + missed + (missed == 1 ? " change)" : " changes)");
  }

  private static String state(UiModel model, Glyphs glyphs) {
    return glyphs.link(!model.link().isStale(model.now())) + " " + model.link().words(model.now());
  }

  private static Style stateStyle(UiModel model) {
    Style bar = Styles.BAR.withBold();
    if (!model.link().isStale(model.now())) {
      return bar.withTone(Tone.GOOD);
    }
    boolean lost = model.link().kind() == LinkState.Kind.GIVEN_UP;
    return bar.withTone(lost ? Tone.ALARM : Tone.CAUTION);
  }
}
