package org.lesbillets.cli.client.watch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Writes down what a watch tells, one word or two for each call. */
public class RecordingListener implements Watcher.Listener {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(EventMessage event) {
    lines.add("event " + event.event().revision());
  }

  @Override
  public void onMatch(TicketMatch match) {
    lines.add("match " + match.ticket().number() + " " + match.match());
  }

  @Override
  public void onPart(SnapshotPart part) {
    String which = part.first() ? "begin of " : part.last() ? "end of " : "part of ";
    lines.add(
        (part.first() && part.last() ? "" : which)
            + (part.reset() ? "reset " : "snapshot ")
            + part.at().revision());
  }

  @Override
  public void onState(ConnectionState state) {
    states.add(state);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  public List<ConnectionState> states() {
    return List.copyOf(states);
  }

  /** The states' names, in order. */
  public List<String> stateNames() {
    return states.stream().map(state -> state.getClass().getSimpleName()).toList();
  }
}
