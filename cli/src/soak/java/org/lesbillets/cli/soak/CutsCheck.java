package org.lesbillets.cli.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.client.watch.Watcher;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Compares what clients have with the journal, read over a connection without faults: every event
 * once, in order, the same tickets, every acknowledged change once. One thread.
 */
final class CutsCheck {
  private final List<SequencedEvent> truth = new ArrayList<>();
  private final Violations violations;

  private CutsCheck(Violations violations) {
    this.violations = violations;
  }

  /**
   * Compares; after the end of the clients and writers.
   *
   * @param settings of the server itself
   */
  static void compare(
      ClientSettings settings,
      List<CutClient> clients,
      List<CutWriter> writers,
      Violations violations)
      throws IOException {
    CutsCheck check = new CutsCheck(violations);
    WatchingClient server = new WatchingClient(null, settings, null);
    SilenceRig.await("a snapshot", () -> server.lastRevision() > 0);
    server.close();
    check.read(settings, server.lastRevision());
    for (CutClient client : clients) {
      check.client(client, "client " + clients.indexOf(client), server);
    }
    writers.forEach(check::writer);
  }

  private void read(ClientSettings settings, long last) {
    Watcher[] watcher = new Watcher[1];
    Watcher.Listener listener =
        new Watcher.Listener() {
          @Override
          public void onEvent(EventMessage event) {
            truth.add(event.event());
            if (event.event().revision() >= last) {
              watcher[0].stop();
            }
          }

          @Override
          public void onPart(SnapshotPart part) {
            throw new IllegalStateException("the server does not know its whole history any more");
          }

          @Override
          public void onState(ConnectionState state) {}
        };
    watcher[0] = new Watcher(settings, null, WatchStart.after(0), listener);
    watcher[0].run();
  }

  private void client(CutClient client, String name, WatchingClient server) {
    if (client.reloads() > 0) {
      violations.add("%s was reloaded %d times", name, client.reloads());
    }
    List<Long> has = client.revisions();
    boolean filtered = client instanceof WatchingClient watching && watching.isFiltered();
    List<Long> expected = new ArrayList<>();
    Map<TicketId, Boolean> before = new HashMap<>();
    for (SequencedEvent event : truth) {
      Ticket ticket = event.event().ticket();
      boolean now = !filtered || ticket.content().priority().compareTo(Priority.HIGH) >= 0;
      Boolean was = before.put(ticket.id(), now);
      if ((now || Boolean.TRUE.equals(was)) && !has.isEmpty() && event.revision() >= has.get(0)) {
        expected.add(event.revision());
      }
    }
    if (!has.equals(expected)) {
      Set<Long> missing = new HashSet<>(expected);
      has.forEach(missing::remove);
      violations.add(
          "%s has %d events of %d; it misses %s", name, has.size(), expected.size(), missing);
    }
    if (client instanceof WatchingClient watching
        && !filtered
        && !tickets(watching).equals(tickets(server))) {
      violations.add("%s has other tickets than the server", name);
    }
  }

  private static Map<TicketId, Ticket> tickets(WatchingClient client) {
    Map<TicketId, Ticket> tickets = new HashMap<>();
    client.book().stream().forEach(ticket -> tickets.put(ticket.id(), ticket));
    return tickets;
  }

  private void writer(CutWriter writer) {
    Map<String, Long> revisions = new HashMap<>();
    for (SequencedEvent event : truth) {
      String text = text(event.event());
      if (text != null && writer.wrote(text) && revisions.put(text, event.revision()) != null) {
        violations.add("twice: %s", text);
      }
    }
    for (int i = 0; i < writer.texts().size(); i++) {
      Long revision = revisions.get(writer.texts().get(i));
      if (!writer.revisions().get(i).equals(revision)) {
        violations.add(
            "%s was acknowledged at %d, and is at %d",
            writer.texts().get(i), writer.revisions().get(i), revision);
      }
    }
  }

  private static String text(WireEvent event) {
    if (event instanceof WireEvent.TicketCommented said) {
      return said.comment().text();
    }
    return event instanceof WireEvent.TicketUpdated updated
        ? updated.ticket().content().title()
        : null;
  }
}
