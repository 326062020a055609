package org.lesbillets.server.desk.request;

import java.time.Duration;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * The inputs of the desk. Immutable. Everything that is time, disk or randomness is among them, so
 * that a test can replay a run.
 *
 * @param world also gives new tickets their ids
 * @param workers reads the journal and evaluates queries for the desk; bounded, may reject a task
 */
public record DeskDependencies(
    Journal journal, EventChannel<Announcement> channel, World world, Workers workers) {

  /** How long the desk waits for an event that the journal has, and has not delivered. */
  public static final Duration DELIVERY = Duration.ofSeconds(5);

  public TimeSource time() {
    return world.time();
  }
}
