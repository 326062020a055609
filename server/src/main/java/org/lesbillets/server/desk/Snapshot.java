package org.lesbillets.server.desk;

import java.time.Instant;
import java.util.List;
import org.lesbillets.model.Ticket;

/**
 * All tickets at one revision. Immutable; shared by all requests between two events.
 *
 * @param tickets in the order of their creation, locks settled
 * @param revision of the last event it holds
 * @param at when it was taken, on the wall clock
 */
public record Snapshot(List<Ticket> tickets, long revision, Instant at) {}
