package org.lesbillets.cli.command.lock;

import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Keeps renewals of locks from a visitor: they come every few seconds and change nothing. */
public record WithoutRenewals(WatchVisitor visitor) implements WatchVisitor {
  @Override
  public boolean event(EventMessage event) {
    boolean renewal =
        event.event().event() instanceof WireEvent.TicketLocked locked && locked.renewed();
    return renewal || visitor.event(event);
  }

  @Override
  public boolean resync(ResumePoint at) {
    return visitor.resync(at);
  }

  @Override
  public void state(ConnectionState state) {
    visitor.state(state);
  }
}
